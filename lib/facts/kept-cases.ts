import type { TestCase } from "@/lib/facts/types";

/** So many of either kind are kept of one run; the rest only counts. */
const keptCasesAtMost = 50;

/**
 * The cases of a run that are kept by name: of those that failed or were flaky the
 * first 50, failures before flaky ones, and besides the 50 slowest. In that order, each once.
 */
export function keptCases(cases: readonly TestCase[]): TestCase[] {
  const failed = cases.filter(({ status }) => status === "failed");
  const flaky = cases.filter(({ status }) => status === "flaky");
  const slowest = cases.filter(({ seconds }) => seconds !== null).sort(bySlowest);
  return [
    ...new Set([
      ...[...failed, ...flaky].slice(0, keptCasesAtMost),
      ...slowest.slice(0, keptCasesAtMost),
    ]),
  ];
}

function bySlowest(one: TestCase, other: TestCase): number {
  return (other.seconds ?? 0) - (one.seconds ?? 0) || (one.name < other.name ? -1 : 1);
}
