"use client";

import { useQueries } from "@tanstack/react-query";
import { compareVersions, type VersionComparison } from "@/app/_graphs/compare-versions";
import { seriesQuery } from "@/app/_query/queries";
import { useNow } from "@/app/_window/clock";

export interface Comparison extends VersionComparison {
  metric: string;
  title: string;
  unit: string;
}

const compared = [
  { metric: "error_ratio", title: "Error ratio" },
  { metric: "latency_p95", title: "Latency p95" },
  { metric: "cpu", title: "CPU" },
];

export function useComparison(
  service: string,
  environment: string,
  since: string | null,
): Comparison[] {
  const now = useNow(15_000);
  const from = new Date(since === null ? now - 600_000 : Date.parse(since));
  const to = new Date(now + 15_000);
  return useQueries({
    queries: compared.map(({ metric }) => ({
      ...seriesQuery({
        service,
        environment,
        metric,
        by: "version",
        from: from.toISOString(),
        to: to.toISOString(),
        points: 60,
      }),
    })),
    combine: (results) =>
      compared.flatMap((each, index) => {
        const answer = results[index]?.data;
        const comparison = answer && compareVersions(answer);
        return comparison ? [{ ...each, unit: answer.unit, ...comparison }] : [];
      }),
  });
}
