"use client";

import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Graph, Series } from "@/app/_charts/types";
import { markersQuery, type SeriesName, seriesNamesQuery, seriesQuery } from "@/app/_query/queries";
import type { MarkerAnswer, SeriesAnswer } from "@/lib/http/answers";

interface Stretch {
  from: Date;
  to: Date;
}

/** On every service's page, in this order, whether or not they have arrived yet. */
const standard: SeriesName[] = [
  { metric: "error_ratio", unit: "ratio", title: "Error ratio" },
  { metric: "latency_p95", unit: "seconds", title: "Latency p95" },
  { metric: "request_rate", unit: "per_second", title: "Traffic" },
];
const extra = ["cpu", "memory"];

const noMarkers: MarkerAnswer[] = [];

/**
 * The graphs of one service in one environment: error ratio, latency and
 * traffic always, CPU and memory where they report. `points` is the plot's width.
 */
export function useGraphs(
  service: string,
  environment: string,
  { from, to }: Stretch,
  {
    points = 600,
    height,
    basic = false,
  }: { points?: number; height?: number; basic?: boolean } = {},
): Graph[] {
  const names = useQuery(seriesNamesQuery(service, environment));
  const shown = useMemo(() => {
    const known = names.data?.metrics ?? [];
    return [...standard, ...(basic ? [] : known.filter(({ metric }) => extra.includes(metric)))];
  }, [names.data, basic]);
  const answers = useQueries({
    queries: shown.map(({ metric }) => ({
      ...seriesQuery({
        service,
        environment,
        metric,
        from: from.toISOString(),
        to: to.toISOString(),
        points,
      }),
      placeholderData: keepPreviousData,
    })),
    combine: (results) =>
      results.map(({ data, error, refetch }) => ({ data, error, refetch: () => void refetch() })),
  });
  return useMemo(
    () =>
      shown.map((name, index) => ({
        ...graphOf(name, answers[index]),
        ...(height !== undefined && { height }),
      })),
    [shown, answers, height],
  );
}

/** A service's lines and those of the services it depends on. */
export function useMarkers(
  service: string,
  environment: string,
  { from, to }: Stretch,
): MarkerAnswer[] {
  const query = useQuery(
    markersQuery({ service, environment, from: from.toISOString(), to: to.toISOString() }),
  );
  return query.data?.items ?? noMarkers;
}

type Asked =
  | { data: SeriesAnswer | undefined; error: Error | null; refetch: () => void }
  | undefined;

function graphOf({ metric, unit, title }: SeriesName, asked: Asked): Graph {
  const base = { id: metric, title, unit: asked?.data?.unit || unit };
  if (asked?.data) return { ...base, series: namedSeries(title, asked.data.series) };
  if (asked?.error)
    return {
      ...base,
      series: [],
      status: { state: "error", message: asked.error.message, onRetry: asked.refetch },
    };
  return { ...base, series: [], status: { state: "loading" } };
}

function namedSeries(title: string, series: SeriesAnswer["series"]): Series[] {
  return series.map(({ labels, points }) => ({
    name: Object.values(labels).join(", ") || title,
    points,
  }));
}
