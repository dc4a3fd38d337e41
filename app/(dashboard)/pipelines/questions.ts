import { buildsTrendQuery, testCasesQuery, testsTrendQuery } from "@/app/_query/queries";
import type { WeekStart } from "@/app/_window/week-start-name";
import type { PipelineScope } from "./scope";

/** Each trend with the window of the same calendar length before it; cases of the window alone. */
export function pipelineQuestions(
  { bucket, ...scope }: PipelineScope,
  window: { from: Date; to: Date },
  { timezone, weekStart }: { timezone: string; weekStart: WeekStart },
) {
  const asked = { ...scope, from: window.from.toISOString(), to: window.to.toISOString() };
  const trend = { ...asked, bucket, timezone, weekStart, compare: "previous" };
  return {
    builds: buildsTrendQuery(trend),
    tests: testsTrendQuery(trend),
    cases: testCasesQuery(asked),
  };
}
