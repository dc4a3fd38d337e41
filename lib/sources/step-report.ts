import type { Report } from "@/lib/facts/reports";
import type { AttemptStatus, Statement } from "@/lib/facts/types";

/** One step of an attempt, as its sender told it; a receipt in place of a time is marked as such. */
export function stepReport(
  state: AttemptStatus,
  { asOf, timeFromReceipt }: Pick<Statement, "asOf" | "timeFromReceipt">,
): Report<AttemptStatus> {
  return { state, at: asOf, ...(timeFromReceipt && { presumed: true }) };
}

/**
 * Steps of an attempt or an incident by what they say, so that the same one told again is one,
 * and another one stays beside it.
 */
export function byStep<State extends string>(
  steps: readonly (Report<State> | null)[],
): Record<string, Report<State>> {
  return Object.fromEntries(
    steps.flatMap((step) => {
      if (!step) return [];
      const key = `${step.state} ${step.at}`;
      return [[step.presumed ? `${key} presumed` : key, step]];
    }),
  );
}
