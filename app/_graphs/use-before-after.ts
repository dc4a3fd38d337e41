"use client";

import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { seriesQuery } from "@/app/_query/queries";
import type { SeriesAnswer } from "@/lib/http/figure-answers";

export interface BeforeAfterRow {
  metric: string;
  title: string;
  unit: string;
  before: number | null;
  after: number | null;
}

const signals = [
  { metric: "error_ratio", title: "Error ratio" },
  { metric: "latency_p95", title: "Latency p95" },
  { metric: "request_rate", title: "Traffic" },
];
const half = 30 * 60_000;

/** Medians of each signal in the half hours around a rollout; no row where a signal has no data. */
export function useBeforeAfter(
  service: string,
  environment: string,
  startedAt: string | null,
  finishedAt: string | null,
): BeforeAfterRow[] {
  const known = startedAt !== null && finishedAt !== null;
  const start = Date.parse(startedAt ?? "") || 0;
  const finish = Date.parse(finishedAt ?? "") || 0;
  const windows = [
    [start - half, start],
    [finish, finish + half],
  ] as const;
  const answers = useQueries({
    queries: signals.flatMap(({ metric }) =>
      windows.map(([from, to]) => ({
        ...seriesQuery({
          service,
          environment,
          metric,
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          points: 60,
        }),
        enabled: known,
      })),
    ),
    combine: dataOf,
  });
  return signals.flatMap(({ metric, title }, index) => {
    const [before, after] = [answers[index * 2], answers[index * 2 + 1]];
    const row = { before: medianOf(before), after: medianOf(after) };
    const unit = before?.unit || after?.unit || "";
    return row.before === null && row.after === null ? [] : [{ metric, title, unit, ...row }];
  });
}

function dataOf(results: UseQueryResult<SeriesAnswer>[]): (SeriesAnswer | undefined)[] {
  return results.map(({ data }) => data);
}

function medianOf(answer: SeriesAnswer | undefined): number | null {
  const values = (answer?.series[0]?.points ?? [])
    .flatMap(([, value]) => value ?? [])
    .sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? null;
}
