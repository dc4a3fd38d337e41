"use client";

import { CopyLine } from "@/app/_settings/copy-line";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { ShownOnce } from "@/app/_ui/shown-once";
import { useOrigin } from "@/app/_ui/use-origin";
import type { TokenWithSecretAnswer } from "@/lib/http/settings-answers";
import { firstLine } from "./token-words";

/** The one time that a token's secret is shown, with a line that uses it. */
export function MadeToken({
  made: { token, secret },
  onClose,
}: {
  made: TokenWithSecretAnswer;
  onClose: () => void;
}) {
  return (
    <Card
      title={`The token ${token.name}`}
      edge="accent"
      aside={
        <Button look="quiet" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="space-y-3">
        <ShownOnce value={secret}>
          This is shown once. Copy it now into your pipeline's secrets; if it is lost, rotate it.
        </ShownOnce>
        <section aria-label="A first request">
          <h3 className="mb-1 font-semibold">A first request</h3>
          <CopyLine value={firstLine(token, secret, useOrigin())} />
        </section>
      </div>
    </Card>
  );
}
