"use client";

import { addressOf } from "@/app/_query/address";
import { Pill, type Tone } from "@/app/_ui/pill";
import { Failure } from "@/app/_ui/states";
import { Ago, Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { BackfillAnswer } from "@/lib/backfill/backfill-answer";
import { BackfillActions } from "./backfill-actions";
import { Phases } from "./phases";
import { useChange } from "./use-change";

const states: Record<BackfillAnswer["state"], { words: string; tone: Tone }> = {
  running: { words: "under way", tone: "accent" },
  paused: { words: "paused", tone: "plain" },
  failed: { words: "cannot go on", tone: "bad" },
  stopped: { words: "stopped", tone: "plain" },
  done: { words: "done", tone: "good" },
};

/** One history that is fetched, or was: how far it is, and what is in its way. */
export function BackfillItem({ backfill }: { backfill: BackfillAnswer }) {
  const { subject, kind, source, since, createdBy, createdAt, error } = backfill;
  const waits = backfill.state === "running" && backfill.waitsUntil !== null;
  const { words, tone } = waits
    ? ({ words: "waits", tone: "warning" } as const)
    : states[backfill.state];
  const change = useChange(backfill);
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
        <h2 className="[overflow-wrap:anywhere]">{subject}</h2>
        <Pill tone={tone}>{words}</Pill>
        <BackfillActions backfill={backfill} change={change} />
      </div>
      <p className="mt-0.5 text-muted">
        {kind === "missed" ? (
          "What was sent and did not arrive"
        ) : since === null ? (
          "All there is"
        ) : (
          <>
            Since <Moment at={since} style="date" />
          </>
        )}
        , for the source{" "}
        <PageLink
          href={addressOf("/deliveries", { source })}
          className="text-accent underline underline-offset-3"
        >
          {source}
        </PageLink>
        ; begun by {createdBy} <Ago at={createdAt} />.
      </p>
      <div role="status">
        {error && backfill.state !== "done" && (
          <p className={backfill.state === "failed" ? "mt-1 font-semibold text-bad" : "mt-1"}>
            {error}{" "}
            {waits && (
              <>
                It goes on by itself at <Moment at={backfill.waitsUntil} />.
              </>
            )}
          </p>
        )}
      </div>
      {backfill.state === "done" && (
        <p className="mt-1 text-muted">
          It can be fetched anew whenever you like: what is here stays one, and what is new is
          added.
        </p>
      )}
      {change.error && <Failure error={change.error} />}
      <Phases backfill={backfill} />
    </li>
  );
}
