"use client";

import { TrendBars } from "@/app/_charts/trend-bars";
import { TrendLine } from "@/app/_charts/trend-line";
import { Card } from "@/app/_ui/card";
import { useTimezone } from "@/app/_window/timezone";
import type { FiguresAnswer, MetricsAnswer } from "@/lib/http/figure-answers";

/** The month week by week, two charts a row, on paper too. */
export function WeekCharts({ metrics }: { metrics: MetricsAnswer }) {
  const { timezone } = useTimezone();
  const shared = { size: metrics.bucket, timezone };
  return (
    <div className="grid gap-3 md:grid-cols-2 print:grid-cols-2">
      <Card className="pt-2">
        <TrendBars
          {...shared}
          title="Deployments"
          unit="count"
          buckets={bucketsOf(metrics, ({ deploymentFrequency: { deployments } }) => ({
            value: deployments,
            n: deployments,
          }))}
          emptyText="No deployments"
        />
      </Card>
      <Card className="pt-2">
        <TrendLine
          {...shared}
          title="Lead time for changes"
          valueName="p50"
          secondName="p90"
          unit="seconds"
          buckets={bucketsOf(metrics, ({ leadTime: { n, p50Seconds, p90Seconds } }) => ({
            value: p50Seconds,
            second: p90Seconds,
            n,
          }))}
          emptyText="No change has shipped"
        />
      </Card>
      <Card className="pt-2">
        <TrendBars
          {...shared}
          title="Change fail rate"
          unit="ratio"
          colour="var(--chart-failed)"
          buckets={bucketsOf(metrics, ({ changeFailRate: { n, rate } }) => ({ value: rate, n }))}
          emptyText="No deployments"
        />
      </Card>
      <Card className="pt-2">
        <TrendLine
          {...shared}
          title="Failed deployment recovery time"
          valueName="p50"
          secondName="p90"
          unit="seconds"
          buckets={bucketsOf(metrics, ({ recoveryTime: { n, p50Seconds, p90Seconds } }) => ({
            value: p50Seconds,
            second: p90Seconds,
            n,
          }))}
          emptyText="Nothing had to be restored"
        />
      </Card>
    </div>
  );
}

function bucketsOf(
  { buckets }: MetricsAnswer,
  read: (figures: FiguresAnswer) => { value: number | null; n: number; second?: number | null },
) {
  return buckets.map((bucket) => ({
    from: Date.parse(bucket.start),
    to: Date.parse(bucket.end),
    partial: bucket.partial,
    ...read(bucket),
  }));
}
