"use client";

import { shortRevision } from "@/app/_deployments/naming";
import { Pill, type Tone } from "@/app/_ui/pill";
import { PageLink } from "@/app/_window/page-link";

/** Cells that rows of builds and of test runs share. */

const tones: Record<string, Tone> = { succeeded: "good", failed: "bad", running: "accent" };

export function StatusPill({ status }: { status: string }) {
  return <Pill tone={tones[status] ?? "plain"}>{status}</Pill>;
}

/** Opens to what became of the commit. */
export function RevisionLink({
  revision,
  repository,
}: {
  revision: string | null;
  repository: string;
}) {
  if (revision === null) return <span className="text-muted">unknown</span>;
  const text = <span className="font-mono text-sm">{shortRevision(revision)}</span>;
  if (revision.length < 7) return text;
  const search = new URLSearchParams({ repository });
  return (
    <PageLink href={`/changes/${encodeURIComponent(revision)}?${search}`} className="link">
      {text}
    </PageLink>
  );
}
