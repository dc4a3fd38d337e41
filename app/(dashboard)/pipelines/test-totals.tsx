"use client";

import { Card } from "@/app/_ui/card";
import { formatCount, formatRate, formatSeconds, plural } from "@/app/_ui/format";
import type { TestsTrendAnswer } from "@/lib/http/pipeline-answers";
import { type PipelineScope, rowsBehind } from "./scope";
import { Total } from "./total";

export function TestTotals({ answer, scope }: { answer: TestsTrendAnswer; scope: PipelineScope }) {
  const { total, previous } = answer;
  const before = previous?.total;
  const behind = (more: Record<string, string>) => rowsBehind("tests", scope, answer, more);
  return (
    <Card title="Tests">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-3 xl:grid-cols-5">
        <Total
          name="Run's duration, p50"
          href={behind({})}
          value={total.p50Seconds}
          before={before?.p50Seconds}
          format={formatSeconds}
        >
          p90 {formatSeconds(total.p90Seconds)}, n {formatCount(total.durationN)}
        </Total>
        <Total
          name="Flaky runs"
          href={behind({ flaky: "true" })}
          value={total.flakyRate}
          before={before?.flakyRate}
          format={formatRate}
        >
          {formatCount(total.flakyRuns)} of {plural(total.runs, "run")}
        </Total>
        <Total
          name="Runs that passed"
          href={behind({ status: "failed" })}
          value={total.successRate}
          before={before?.successRate}
          format={formatRate}
        >
          {formatCount(total.failedRuns)} of {formatCount(total.runs)} failed
        </Total>
        <Total
          name="Tests"
          href={behind({})}
          value={total.tests}
          before={before?.tests}
          format={formatCount}
        >
          in the last run of each suite
          {total.skipped !== null && total.skipped > 0 && `, ${formatCount(total.skipped)} skipped`}
        </Total>
        <Total
          name="Coverage"
          href={behind({})}
          value={total.coverage}
          before={before?.coverage}
          format={formatRate}
        >
          {total.coverage === null ? "not reported" : "mean over the suites that report it"}
        </Total>
      </dl>
    </Card>
  );
}
