"use client";

import { TrendBars } from "@/app/_charts/trend-bars";
import { TrendLine } from "@/app/_charts/trend-line";
import { Card } from "@/app/_ui/card";
import type { TestFigures, TestsTrendAnswer } from "@/lib/http/pipeline-answers";
import type { PipelineScope } from "./scope";
import { useChart } from "./use-chart";

const duration = ({ p50Seconds, p90Seconds, durationN }: TestFigures) => ({
  value: p50Seconds,
  second: p90Seconds,
  n: durationN,
});
const size = ({ tests, runs }: TestFigures) => ({ value: tests, n: runs });
const flaky = ({ flakyRate, runs }: TestFigures) => ({ value: flakyRate, n: runs });
const failures = ({ failed, runs }: TestFigures) => ({
  value: runs === 0 ? null : failed,
  n: runs,
});
const coverage = ({ coverage, runs }: TestFigures) => ({ value: coverage, n: runs });

export function TestCharts({ answer, scope }: { answer: TestsTrendAnswer; scope: PipelineScope }) {
  const chart = useChart("tests", answer, scope);
  const emptyText = "No tests have run in this time";
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <Card className="pt-2">
        <TrendLine
          {...chart(duration)}
          title="Test run duration"
          valueName="p50"
          secondName="p90"
          unit="seconds"
          emptyText={emptyText}
        />
      </Card>
      <Card className="pt-2">
        <TrendBars
          {...chart(flaky, { flaky: "true" })}
          title="Flaky runs"
          unit="ratio"
          colour="var(--chart-rollback)"
          emptyText={emptyText}
        />
      </Card>
      <Card className="pt-2">
        <TrendBars
          {...chart(failures, { status: "failed" })}
          title="Failed tests"
          unit="count"
          colour="var(--chart-failed)"
          emptyText={emptyText}
        />
      </Card>
      <Card className="pt-2">
        <TrendLine {...chart(size)} title="Tests" unit="count" emptyText={emptyText} />
      </Card>
      {answer.total.coverage !== null && (
        <Card className="pt-2">
          <TrendLine {...chart(coverage)} title="Coverage" unit="ratio" emptyText={emptyText} />
        </Card>
      )}
    </div>
  );
}
