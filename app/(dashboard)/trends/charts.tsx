"use client";

import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { TrendBars } from "@/app/_charts/trend-bars";
import { TrendLine } from "@/app/_charts/trend-line";
import type { Bucket } from "@/app/_charts/types";
import { type Figure, rowsBehind, type Scope } from "@/app/_figures/figures";
import { useHere } from "@/app/_figures/use-back";
import { Card } from "@/app/_ui/card";
import { useNow } from "@/app/_window/clock";
import { useCarry } from "@/app/_window/page-link";
import { useTimezone } from "@/app/_window/timezone";
import type { GoalMetric } from "@/lib/goals/metrics";
import type { FiguresAnswer, MetricsAnswer } from "@/lib/http/figure-answers";
import type { GoalAnswer } from "@/lib/http/goal-answers";
import { goalFor, targetOf } from "./goals";

type Read = (figures: FiguresAnswer) => Pick<Bucket, "value" | "n"> & Partial<Bucket>;

const frequency: Read = ({ deploymentFrequency: { deployments } }) => ({
  value: deployments,
  n: deployments,
});
const leadTime: Read = ({ leadTime: { p50Seconds, p90Seconds, n } }) => ({
  value: p50Seconds,
  second: p90Seconds,
  n,
});
const failRate: Read = ({ changeFailRate: { rate, n } }) => ({ value: rate, n });
const recovery: Read = ({ recoveryTime: { p50Seconds, p90Seconds, n } }) => ({
  value: p50Seconds,
  second: p90Seconds,
  n,
});
const rework: Read = ({ reworkRate: { rate, n } }) => ({ value: rate, n });

/** A chart per metric; a bucket opens to the deployments it is made of. */
export function Charts({
  metrics,
  scope,
  goals,
}: {
  metrics: MetricsAnswer;
  scope: Scope;
  goals: GoalAnswer[] | undefined;
}) {
  const now = useNow(60_000);
  const before = metrics.previous?.total;
  const { timezone } = useTimezone();
  const open = useOpen(scope);
  const p90 = scope.definition === "devlake" ? undefined : "p90";
  const chart = (read: Read, figure: Figure, metric: GoalMetric) => ({
    buckets: bucketsOf(metrics, read),
    size: metrics.bucket,
    timezone,
    total: {
      ...totalOf(metrics.total, read),
      ...(before && read(before).n > 0 && { previous: read(before).value }),
    },
    target: targetOf(goalFor(goals, metric, now), metrics.bucket),
    onOpen: open(figure),
  });
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <Card className="pt-2">
        <TrendBars
          {...chart(frequency, "deployments", "deployment_frequency")}
          title="Deployments"
          unit="count"
          emptyText="No deployments yet"
        />
      </Card>
      <Card className="pt-2">
        <TrendLine
          {...chart(leadTime, "lead_time", "lead_time")}
          title="Lead time for changes"
          valueName="p50"
          secondName={p90}
          unit="seconds"
          emptyText="No change has shipped yet"
        />
      </Card>
      <Card className="pt-2">
        <TrendBars
          {...chart(failRate, "failed", "change_fail_rate")}
          title="Change fail rate"
          unit="ratio"
          colour="var(--chart-failed)"
          emptyText="No deployments yet"
        />
      </Card>
      <Card className="pt-2">
        <TrendLine
          {...chart(recovery, "restored", "recovery_time")}
          title="Failed deployment recovery time"
          valueName="p50"
          secondName={p90}
          unit="seconds"
          emptyText="Nothing has been restored yet"
        />
      </Card>
    </div>
  );
}

export function ReworkChart({
  metrics,
  scope,
  goals,
}: {
  metrics: MetricsAnswer;
  scope: Scope;
  goals: GoalAnswer[] | undefined;
}) {
  const now = useNow(60_000);
  const { timezone } = useTimezone();
  const open = useOpen(scope);
  return (
    <TrendBars
      title="Deployment rework rate"
      unit="ratio"
      buckets={bucketsOf(metrics, rework)}
      size={metrics.bucket}
      timezone={timezone}
      total={totalOf(metrics.total, rework)}
      target={targetOf(goalFor(goals, "rework_rate", now), metrics.bucket)}
      onOpen={open("rework")}
      colour="var(--chart-rollback)"
      emptyText="No deployments yet"
    />
  );
}

/** Opens a bucket's rows of a figure. */
export function useOpen(scope: Scope): (figure: Figure) => (bucket: Bucket) => void {
  const router = useRouter();
  const carry = useCarry();
  const back = useHere();
  return useMemo(
    () => (figure) => (stretch) => router.push(carry(rowsBehind(scope, figure, { stretch, back }))),
    [router, carry, scope, back],
  );
}

export function bucketsOf({ buckets }: MetricsAnswer, read: Read): Bucket[] {
  return buckets.map((bucket) => ({
    from: Date.parse(bucket.start),
    to: Date.parse(bucket.end),
    partial: bucket.partial,
    ...read(bucket),
  }));
}

function totalOf(total: FiguresAnswer, read: Read): { value: number | null; n: number } {
  const { value, n } = read(total);
  return { value, n };
}
