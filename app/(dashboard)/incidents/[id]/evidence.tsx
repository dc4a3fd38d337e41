"use client";

import { Check, CircleSlash, Minus, X } from "lucide-react";
import { checksOf, evidenceTitle, strengthOf } from "@/app/_incidents/naming";
import { Card } from "@/app/_ui/card";
import { classNames } from "@/app/_ui/class-names";
import { formatRate } from "@/app/_ui/format";
import { Key } from "@/app/_ui/key";
import { Pill } from "@/app/_ui/pill";
import { Failure, Skeleton } from "@/app/_ui/states";
import type { IncidentAnswer, SuspectAnswer } from "@/lib/http/answers";
import { Rollback } from "./rollback";
import { SuspectTitle } from "./suspect-title";
import type { Suspects } from "./use-suspects";
import { isConfirmed, isRejected } from "./verdict";
import { VerdictButtons } from "./verdict-buttons";

/** The suspect looked at: what it is, every check with its numbers, how to undo it, and the verdict. */
export function Evidence({ incident, suspects }: { incident: IncidentAnswer; suspects: Suspects }) {
  const { answer, selected, index } = suspects;
  if (!answer || !selected)
    return (
      <Card title="Most likely cause" edge="bad">
        {suspects.error ? (
          <Failure error={suspects.error} onRetry={suspects.retry} />
        ) : (
          <Skeleton lines={7} />
        )}
      </Card>
    );
  const firstDeployment = answer.suspects.find(({ kind }) => kind === "deployment");
  return (
    <Card edge={selected.kind === "none" ? "accent" : "bad"}>
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="font-medium text-muted">
          {index === 0 ? "Most likely cause" : `Suspect ${index + 1}`}
        </h2>
        <Strength suspect={selected} suspects={suspects} />
        <span className="ml-auto text-muted" data-control>
          {index + 1} of {answer.suspects.length} <Key>J</Key> <Key>K</Key>
        </span>
      </header>
      <SuspectTitle suspect={selected} incident={incident} />
      <Checks suspect={selected} />
      {answer.rollback && selected === firstDeployment && (
        <Rollback rollback={answer.rollback} before={selected.at} />
      )}
      <VerdictButtons suspects={suspects} />
    </Card>
  );
}

function Strength({ suspect, suspects }: { suspect: SuspectAnswer; suspects: Suspects }) {
  const verdict = suspects.answer?.verdict ?? null;
  if (isConfirmed(verdict, suspect))
    return (
      <Pill tone="good">
        <Check aria-hidden="true" size={12} /> Confirmed by {verdict?.actor ?? "a person"}
      </Pill>
    );
  if (isRejected(verdict, suspect))
    return (
      <Pill tone="plain">
        <CircleSlash aria-hidden="true" size={12} /> Not this one, says{" "}
        {verdict?.actor ?? "a person"}
      </Pill>
    );
  const { passed, all } = checksOf(suspect);
  return (
    <>
      <Pill tone={suspect.probability >= 0.5 && suspect.kind !== "none" ? "bad" : "warning"}>
        {strengthOf(suspect)}
        {all > 0 && `, ${passed} of ${all} checks`}
      </Pill>
      <span className="text-muted tabular">{formatRate(suspect.probability)}</span>
    </>
  );
}

const looks = {
  supports: { Icon: Check, colour: "text-good", word: "speaks for it" },
  contradicts: { Icon: X, colour: "text-bad", word: "speaks against it" },
  missing: { Icon: Minus, colour: "text-muted", word: "not known" },
};

function Checks({ suspect }: { suspect: SuspectAnswer }) {
  if (suspect.evidence.length === 0)
    return <p className="mt-2 text-muted">No check speaks for or against it.</p>;
  return (
    <ul aria-label="Checks" className="mt-2.5">
      {suspect.evidence.map(({ name, text, state }) => {
        const { Icon, colour, word } = looks[state];
        return (
          <li
            key={name}
            className="grid grid-cols-[18px_minmax(0,1fr)] gap-x-1.5 border-t border-grid py-1 sm:grid-cols-[18px_150px_minmax(0,1fr)]"
          >
            <span className={classNames("mt-0.5", colour)}>
              <Icon aria-hidden="true" size={14} strokeWidth={2.5} />
              <span className="sr-only">{word}</span>
            </span>
            <span className={classNames("font-semibold", state === "missing" && "text-muted")}>
              {evidenceTitle(name)}
            </span>
            <span
              className={classNames(
                "tabular max-sm:col-start-2",
                state === "missing" && "text-muted",
              )}
            >
              {text}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
