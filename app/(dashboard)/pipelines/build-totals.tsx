"use client";

import { Card } from "@/app/_ui/card";
import { formatCount, formatRate, formatSeconds, plural } from "@/app/_ui/format";
import type { BuildsTrendAnswer } from "@/lib/http/pipeline-answers";
import { type PipelineScope, rowsBehind } from "./scope";
import { Total } from "./total";

const ended = { status: "succeeded,failed" };

export function BuildTotals({
  answer,
  scope,
}: {
  answer: BuildsTrendAnswer;
  scope: PipelineScope;
}) {
  const { total, previous } = answer;
  const before = previous?.total;
  const behind = (more: Record<string, string>) => rowsBehind("builds", scope, answer, more);
  return (
    <Card title="Builds">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
        <Total
          name="Duration, p50"
          href={behind(ended)}
          value={total.p50Seconds}
          before={before?.p50Seconds}
          format={formatSeconds}
        >
          p90 {formatSeconds(total.p90Seconds)}, n {formatCount(total.durationN)}
        </Total>
        <Total
          name="Success ratio"
          href={behind({ status: "failed" })}
          value={total.successRate}
          before={before?.successRate}
          format={formatRate}
        >
          {formatCount(total.failed)} of {formatCount(total.n)} failed
          {total.canceled > 0 && `, ${formatCount(total.canceled)} canceled apart`}
        </Total>
        <Total
          name="Flaky builds"
          href={behind({ flaky: "true" })}
          value={total.flakyRate}
          before={before?.flakyRate}
          format={formatRate}
        >
          {plural(total.flaky, "failure")} of {plural(total.n, "build")} passed unchanged later
        </Total>
        <Total
          name="Waited in the queue, p50"
          href={behind({})}
          value={total.queueP50Seconds}
          before={before?.queueP50Seconds}
          format={formatSeconds}
        >
          n {formatCount(total.queueN)}
        </Total>
      </dl>
    </Card>
  );
}
