"use client";

import { strengthOf } from "@/app/_incidents/naming";
import { Card } from "@/app/_ui/card";
import { classNames } from "@/app/_ui/class-names";
import { formatRate } from "@/app/_ui/format";
import { Moment } from "@/app/_window/moment";
import type { SuspectAnswer } from "@/lib/http/answers";
import type { Suspects } from "./use-suspects";
import { isConfirmed, isRejected } from "./verdict";

/** Every answer considered, "no deployment explains this" among them, with how probable each is. */
export function OtherSuspects({ suspects }: { suspects: Suspects }) {
  const list = suspects.answer?.suspects ?? [];
  if (list.length < 2) return null;
  return (
    <Card title="All suspects" padded={false}>
      <ol className="pb-1.5">
        {list.map((suspect, index) => (
          <li key={`${suspect.kind} ${suspect.id}`} className="border-t border-grid">
            <button
              type="button"
              aria-current={index === suspects.index ? "true" : undefined}
              onClick={() => suspects.select(index)}
              className="grid w-full grid-cols-[96px_minmax(0,1fr)] items-baseline gap-x-3 px-3.5 py-2 text-left -outline-offset-2 hover:bg-sunken aria-[current]:bg-accent-surface"
            >
              <Bar suspect={suspect} />
              <Words suspect={suspect} suspects={suspects} />
            </button>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Bar({ suspect }: { suspect: SuspectAnswer }) {
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="h-1.5 w-11 overflow-hidden rounded-full bg-grid">
        <span
          className="block h-full rounded-full bg-accent"
          style={{ width: `${Math.max(3, suspect.probability * 100)}%` }}
        />
      </span>
      <span className="text-muted tabular">{formatRate(suspect.probability)}</span>
    </span>
  );
}

function Words({ suspect, suspects }: { suspect: SuspectAnswer; suspects: Suspects }) {
  const verdict = suspects.answer?.verdict ?? null;
  const rejected = isRejected(verdict, suspect);
  const [strongest] = [...suspect.evidence].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return (
    <span className="min-w-0">
      <span className={classNames("font-semibold", rejected && "line-through")}>
        {suspect.kind === "none" ? "No deployment explains this" : suspect.label}
      </span>{" "}
      <span className="text-muted">
        {suspect.at && (
          <>
            <Moment at={suspect.at} /> ·{" "}
          </>
        )}
        {isConfirmed(verdict, suspect)
          ? "confirmed"
          : rejected
            ? "rejected"
            : strengthOf(suspect).toLowerCase()}
      </span>
      {strongest && <span className="block text-muted">{strongest.text}</span>}
    </span>
  );
}
