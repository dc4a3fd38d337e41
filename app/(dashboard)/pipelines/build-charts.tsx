"use client";

import { TrendBars } from "@/app/_charts/trend-bars";
import { TrendLine } from "@/app/_charts/trend-line";
import { Card } from "@/app/_ui/card";
import type { BuildFigures, BuildsTrendAnswer } from "@/lib/http/pipeline-answers";
import type { PipelineScope } from "./scope";
import { useChart } from "./use-chart";

const duration = ({ p50Seconds, p90Seconds, durationN }: BuildFigures) => ({
  value: p50Seconds,
  second: p90Seconds,
  n: durationN,
});
const success = ({ successRate, n }: BuildFigures) => ({ value: successRate, n });
const flaky = ({ flakyRate, n }: BuildFigures) => ({ value: flakyRate, n });
const failures = ({ n, failed }: BuildFigures) => ({ value: n === 0 ? null : failed, n });

export function BuildCharts({
  answer,
  scope,
}: {
  answer: BuildsTrendAnswer;
  scope: PipelineScope;
}) {
  const chart = useChart("builds", answer, scope);
  const emptyText = "No builds have ended in this time";
  const ended = { status: "succeeded,failed" };
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <Card className="pt-2">
        <TrendLine
          {...chart(duration, ended)}
          title="Build duration"
          valueName="p50"
          secondName="p90"
          unit="seconds"
          emptyText={emptyText}
        />
      </Card>
      <Card className="pt-2">
        <TrendLine
          {...chart(success, ended)}
          title="Build success ratio"
          unit="ratio"
          emptyText={emptyText}
        />
      </Card>
      <Card className="pt-2">
        <TrendBars
          {...chart(failures, { status: "failed" })}
          title="Failed builds"
          unit="count"
          colour="var(--chart-failed)"
          emptyText={emptyText}
        />
      </Card>
      <Card className="pt-2">
        <TrendBars
          {...chart(flaky, { flaky: "true" })}
          title="Flaky builds"
          unit="ratio"
          colour="var(--chart-rollback)"
          emptyText={emptyText}
        />
      </Card>
    </div>
  );
}
