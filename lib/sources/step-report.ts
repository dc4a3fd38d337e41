import type { Report } from "@/lib/facts/reports";
import type { AttemptStatus, Statement } from "@/lib/facts/types";

/** One step of an attempt, as its sender told it; a receipt in place of a time is marked as such. */
export function stepReport(
  state: AttemptStatus,
  { asOf, timeFromReceipt }: Pick<Statement, "asOf" | "timeFromReceipt">,
): Report<AttemptStatus> {
  return { state, at: asOf, ...(timeFromReceipt && { presumed: true }) };
}

/** Steps by what they say, so that one told again later stays beside the first, which counts. */
export function byStep(
  steps: readonly (Report<AttemptStatus> | null)[],
): Record<string, Report<AttemptStatus>> {
  return Object.fromEntries(
    steps.flatMap((step) => (step ? [[`${step.state} ${step.at}`, step]] : [])),
  );
}
