"use client";

import { Check, Copy } from "lucide-react";
import { useMemo } from "react";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { useCopy } from "@/app/_ui/copy";
import { formatCount } from "@/app/_ui/format";
import type { DeliveryDetailAnswer } from "@/lib/ingest/read-delivery";
import { readable } from "./readable";
import { WithHidden } from "./with-hidden";

/** What was sent, byte for byte but for white space and secrets. */
export function Body({ body }: { body: DeliveryDetailAnswer["body"] }) {
  const { encoding, bytes, truncated } = body;
  const text = useMemo(
    () => (encoding === "utf-8" ? readable(body.text) : body.text),
    [encoding, body.text],
  );
  const { copied, copy } = useCopy();
  return (
    <Card
      title="Body"
      className="min-w-0"
      aside={
        <>
          <span className="text-muted">
            {formatCount(bytes)} bytes
            {encoding === "base64" && ", not text: shown in base64"}
          </span>
          <Button onClick={() => void copy(text)} data-control>
            {copied ? (
              <Check aria-hidden="true" size={14} />
            ) : (
              <Copy aria-hidden="true" size={14} />
            )}
            <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
          </Button>
        </>
      }
    >
      {truncated && (
        <p className="mb-2 rounded-md bg-warning-surface px-2.5 py-1.5 text-warning">
          Only the beginning is shown here, {formatCount(shownBytes(body))} of {formatCount(bytes)}{" "}
          bytes. All of it is kept.
        </p>
      )}
      {text === "" ? <p className="text-muted">It was empty.</p> : <Sent text={text} />}
    </Card>
  );
}

function Sent({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is of forms; this group only scrolls.
    <div
      role="group"
      aria-label="Body"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="max-h-[75vh] overflow-auto rounded-md bg-sunken px-3 py-2"
    >
      <pre className="font-mono text-sm [overflow-wrap:anywhere] whitespace-pre-wrap">
        <WithHidden text={text} />
      </pre>
    </div>
  );
}

function shownBytes({ encoding, text }: DeliveryDetailAnswer["body"]): number {
  return encoding === "base64"
    ? Math.floor((text.length * 3) / 4)
    : new TextEncoder().encode(text).byteLength;
}
