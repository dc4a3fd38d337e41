import { buildsTrendQuery, testCasesQuery, testsTrendQuery } from "@/app/_query/queries";
import type { PipelineScope } from "./scope";

/** Each trend with the window of the same length before it; cases of the window alone. */
export function pipelineQuestions(
  { bucket, ...scope }: PipelineScope,
  window: { from: Date; to: Date },
  timezone: string,
) {
  const asked = { ...scope, from: window.from.toISOString(), to: window.to.toISOString() };
  const trend = { ...asked, bucket, timezone, compare: "previous" };
  return {
    builds: buildsTrendQuery(trend),
    tests: testsTrendQuery(trend),
    cases: testCasesQuery(asked),
  };
}
