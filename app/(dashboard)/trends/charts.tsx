"use client";

import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { TrendBars } from "@/app/_charts/trend-bars";
import { TrendLine } from "@/app/_charts/trend-line";
import type { Bucket } from "@/app/_charts/types";
import { Card } from "@/app/_ui/card";
import { useCarry } from "@/app/_window/page-link";
import { useTimezone } from "@/app/_window/timezone";
import type { FiguresAnswer, MetricsAnswer } from "@/lib/http/figure-answers";
import { deploymentsBehind, type Scope } from "./scope";

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
  before,
  scope,
}: {
  metrics: MetricsAnswer;
  before: FiguresAnswer | undefined;
  scope: Scope;
}) {
  const { timezone } = useTimezone();
  const open = useOpen(scope);
  const chart = (read: Read, counted: Record<string, string>) => ({
    buckets: bucketsOf(metrics, read),
    size: metrics.bucket,
    timezone,
    total: {
      ...totalOf(metrics.total, read),
      ...(before && read(before).n > 0 && { previous: read(before).value }),
    },
    onOpen: open(counted),
  });
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <Card className="pt-2">
        <TrendBars
          {...chart(frequency, { counted: "true" })}
          title="Deployments"
          unit="count"
          emptyText="No deployments yet"
        />
      </Card>
      <Card className="pt-2">
        <TrendLine
          {...chart(leadTime, { counted: "true" })}
          title="Lead time for changes"
          valueName="p50"
          secondName="p90"
          unit="seconds"
          emptyText="No change has shipped yet"
        />
      </Card>
      <Card className="pt-2">
        <TrendBars
          {...chart(failRate, { counted: "true", failed: "true" })}
          title="Change fail rate"
          unit="ratio"
          colour="var(--chart-failed)"
          emptyText="No deployments yet"
        />
      </Card>
      <Card className="pt-2">
        <TrendLine
          {...chart(recovery, { failed: "true" })}
          title="Failed deployment recovery time"
          valueName="p50"
          secondName="p90"
          unit="seconds"
          emptyText="Nothing has been restored yet"
        />
      </Card>
    </div>
  );
}

export function ReworkChart({ metrics, scope }: { metrics: MetricsAnswer; scope: Scope }) {
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
      onOpen={open({ rework: "true" })}
      colour="var(--chart-rollback)"
      emptyText="No deployments yet"
    />
  );
}

export function useOpen(
  scope: Scope,
): (counted: Record<string, string>) => (bucket: Bucket) => void {
  const router = useRouter();
  const carry = useCarry();
  return useMemo(
    () => (counted) => (bucket) => router.push(carry(deploymentsBehind(scope, counted, bucket))),
    [router, carry, scope],
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
