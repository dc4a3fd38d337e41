"use client";

import { Card } from "@/app/_ui/card";
import { CommandLine, useCopy } from "@/app/_ui/copy";
import { useOrigin } from "@/app/_ui/use-origin";

/** The other way, which asks nobody: a command to run where the clone is. */
export function FromClone() {
  const { copied, copy } = useCopy();
  const command = `npm run backfill -- --git ../repository --tags 'v*' --environment production --url ${useOrigin()}`;
  return (
    <Card title="History from a clone">
      <p className="mb-2.5 max-w-prose text-muted">
        With no account anywhere: where Pushline's own files are, this sends a clone's commits, and
        its tags as deployments. It takes a token with the scope ingest from{" "}
        <code className="font-mono text-sm">PUSHLINE_TOKEN</code>.
      </p>
      <CommandLine command={command} copied={copied} onCopy={() => void copy(command)} />
    </Card>
  );
}
