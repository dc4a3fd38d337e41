import { ageRange, type BatchMeasure, countRange } from "@/app/_figures/batch-classes";
import { formatCount, formatSeconds } from "@/app/_ui/format";
import type { BatchesAnswer, Comparison, SizeClass } from "@/lib/http/insight-answers";

export interface Measure {
  /** The filter of the list behind its numbers. */
  filter: BatchMeasure;
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
    filter: "changes",
    title: "Changes in a deployment",
    name: "Changes",
    // Hardly anything ships no change at all, and is called a deployment all the same.
    classes: ({ bySize }) => bySize.filter(({ from, n }) => from > 0 || n > 0),
    comparison: ({ comparisons }) => comparisons.size,
    label: countRange,
    larger: (at) => `deployments of ${formatCount(at)} changes or more`,
    smaller: "smaller ones",
    empty: "No deployment here has a known change set.",
  },
  {
    filter: "branchAge",
    title: "Age of the oldest branch",
    name: "Age",
    classes: ({ byBranchAge }) => byBranchAge,
    comparison: ({ comparisons }) => comparisons.branchAge,
    label: ageRange,
    larger: (at) => `deployments with a branch of ${formatSeconds(at)} or more`,
    smaller: "those of younger branches",
    empty: "No deployment here merged a pull request whose first commit is known.",
  },
  {
    filter: "lines",
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
