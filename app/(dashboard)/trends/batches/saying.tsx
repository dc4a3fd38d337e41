import type { ReactNode } from "react";
import { classText } from "@/app/_figures/batch-classes";
import type { Scope } from "@/app/_figures/figures";
import { RowsLink } from "@/app/_figures/rows-link";
import { formatCount, formatRate } from "@/app/_ui/format";
import type { Comparison } from "@/lib/http/insight-answers";
import type { Measure } from "./words";

const endings: Record<Exclude<Comparison["verdict"], "too_few">, string> = {
  larger_fails_more: "more often, by more than chance explains.",
  larger_fails_less: "less often, by more than chance explains.",
  no_difference: "chance alone explains such a difference.",
};

/** What the data say of the larger half against the smaller one, and nothing that they do not. */
export function Saying({
  comparison: { verdict, at, smaller, larger },
  measure,
  scope,
}: {
  comparison: Comparison;
  measure: Measure;
  scope: Scope;
}) {
  if (at === null || verdict === "too_few")
    return "Too few deployments on either side to tell whether it matters.";
  const half = (name: string, figures: Comparison["larger"], from: number, to: number | null) => (
    <Half {...{ name, figures, scope }} narrowed={{ [measure.filter]: classText({ from, to }) }} />
  );
  return (
    <>
      {half(capital(measure.larger(at)), larger, at, null)}, {half(measure.smaller, smaller, 0, at)}
      : {endings[verdict]}
    </>
  );
}

function Half({
  name,
  figures: { n, failed, rate },
  scope,
  narrowed,
}: {
  name: string;
  figures: Comparison["larger"];
  scope: Scope;
  narrowed: Record<string, string>;
}): ReactNode {
  return (
    <>
      {name} failed in{" "}
      <RowsLink
        {...{ scope, narrowed }}
        figure="failed"
        n={failed}
        label={`${failed} failed of ${name}`}
      >
        {formatRate(rate)}
      </RowsLink>{" "}
      of{" "}
      <RowsLink {...{ scope, narrowed, n }} figure="judged" label={`${n} ${name}`}>
        {formatCount(n)}
      </RowsLink>
    </>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
