"use client";

import { useState } from "react";
import { strengthOf } from "@/app/_incidents/naming";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { classNames } from "@/app/_ui/class-names";
import { formatRate, plural } from "@/app/_ui/format";
import { Moment } from "@/app/_window/moment";
import type { SuspectAnswer } from "@/lib/http/answers";
import type { Suspects } from "./use-suspects";
import { isConfirmed, isRejected } from "./verdict";

/** Every answer considered, "no deployment explains this" among them, with how probable each is. */
export function OtherSuspects({ suspects }: { suspects: Suspects }) {
  const [all, setAll] = useState(false);
  const list = suspects.answer?.suspects ?? [];
  if (list.length < 2) return null;
  const shown = list.filter(
    (suspect, index) => all || index === suspects.index || isWorthALine(suspect, suspects),
  );
  const folded = list.length - shown.length;
  return (
    <Card title="All suspects" padded={false}>
      <ol className="pb-1.5">
        {shown.map((suspect) => (
          <li key={`${suspect.kind} ${suspect.id}`} className="border-t border-grid">
            <button
              type="button"
              aria-current={list[suspects.index] === suspect ? "true" : undefined}
              onClick={() => suspects.select(list.indexOf(suspect))}
              className="grid w-full grid-cols-[96px_minmax(0,1fr)] items-baseline gap-x-3 px-3.5 py-2 text-left -outline-offset-2 hover:bg-sunken aria-[current]:bg-accent-surface"
            >
              <Bar suspect={suspect} />
              <Words suspect={suspect} suspects={suspects} />
            </button>
          </li>
        ))}
      </ol>
      {folded > 0 && (
        <div data-control className="border-t border-grid px-3.5 py-1.5">
          <Button look="quiet" onClick={() => setAll(true)}>
            {plural(folded, "more", "more")}, each under 1%
          </Button>
        </div>
      )}
    </Card>
  );
}

/** The long tail of a busy day folds; what a person has judged does not, nor does "none of these". */
function isWorthALine(suspect: SuspectAnswer, { answer }: Suspects): boolean {
  const verdict = answer?.verdict ?? null;
  return (
    suspect.probability >= 0.01 ||
    suspect.kind === "none" ||
    isRejected(verdict, suspect) ||
    isConfirmed(verdict, suspect)
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
