import { formatCount, formatRate, formatSeconds } from "@/app/_ui/format";
import type { BatchesAnswer, Comparison, SizeClass } from "@/lib/http/insight-answers";

export interface Measure {
  title: string;
  /** What stands in the first column. */
  name: string;
  classes: (answer: BatchesAnswer) => SizeClass[];
  comparison: (answer: BatchesAnswer) => Comparison;
  label: (each: Pick<SizeClass, "from" | "to">) => string;
  /** The larger half, from where it begins; the smaller one. */
  larger: (at: number) => string;
  smaller: string;
  /** Why a class may hold none. */
  empty: string;
}

export const measures: readonly Measure[] = [
  {
    title: "Changes in a deployment",
    name: "Changes",
    classes: ({ bySize }) => bySize,
    comparison: ({ comparisons }) => comparisons.size,
    label: countRange,
    larger: (at) => `deployments of ${formatCount(at)} changes or more`,
    smaller: "smaller ones",
    empty: "No deployment here has a known change set.",
  },
  {
    title: "Age of the oldest branch",
    name: "Age",
    classes: ({ byBranchAge }) => byBranchAge,
    comparison: ({ comparisons }) => comparisons.branchAge,
    label: ({ from, to }) =>
      to === null
        ? `${formatSeconds(from)} or more`
        : from === 0
          ? `under ${formatSeconds(to)}`
          : `${formatSeconds(from)} to ${formatSeconds(to)}`,
    larger: (at) => `deployments with a branch of ${formatSeconds(at)} or more`,
    smaller: "those of younger branches",
    empty: "No deployment here merged a pull request whose first commit is known.",
  },
  {
    title: "Lines changed in a deployment",
    name: "Lines",
    classes: ({ byLines }) => byLines,
    comparison: ({ comparisons }) => comparisons.lines,
    label: countRange,
    larger: (at) => `deployments of ${formatCount(at)} lines or more`,
    smaller: "smaller ones",
    empty: "No pull request here tells how many lines it changed.",
  },
];

function countRange({ from, to }: Pick<SizeClass, "from" | "to">): string {
  if (to === null) return `${formatCount(from)} or more`;
  return to - from === 1 ? formatCount(from) : `${formatCount(from)} to ${formatCount(to - 1)}`;
}

/** What the data say, and nothing that they do not. */
export function sayingOf(comparison: Comparison, measure: Measure): string {
  const { verdict, at, smaller, larger } = comparison;
  if (at === null || verdict === "too_few")
    return "Too few deployments on either side to tell whether it matters.";
  const rates = `${capital(measure.larger(at))} failed in ${formatRate(larger.rate)} of ${formatCount(larger.n)}, ${measure.smaller} in ${formatRate(smaller.rate)} of ${formatCount(smaller.n)}`;
  switch (verdict) {
    case "larger_fails_more":
      return `${rates}: more often, by more than chance explains.`;
    case "larger_fails_less":
      return `${rates}: less often, by more than chance explains.`;
    case "no_difference":
      return `${rates}: chance alone explains such a difference.`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
