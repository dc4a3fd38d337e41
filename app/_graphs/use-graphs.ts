"use client";

import { type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Graph, Series } from "@/app/_charts/types";
import { graphQuery, linesQuery, type Stretch, standard } from "@/app/_graphs/graph-queries";
import { type SeriesName, seriesNamesQuery } from "@/app/_query/queries";
import type { MarkerAnswer, SeriesAnswer } from "@/lib/http/figure-answers";

/** How the graphs are drawn where it is not as on the service's own page. */
export interface Look {
  /** At most so many points: the plot's width. */
  points?: number;
  height?: number;
  /** Error ratio, latency and traffic only. */
  basic?: boolean;
  /** The header's "was" is the median before this moment. */
  before?: Date;
}

/** Beyond the standard ones, where they report. */
const extra = ["cpu", "memory"];
const noMarkers: MarkerAnswer[] = [];

/**
 * The graphs of one service in one environment: error ratio, latency and
 * traffic always, CPU and memory where they report. `points` is the plot's width.
 */
export function useGraphs(
  service: string,
  environment: string,
  stretch: Stretch,
  look: Look = {},
): Graph[] {
  const { points, height, basic = false } = look;
  const place = { service, environment };
  const before = look.before?.getTime();
  const names = useQuery(seriesNamesQuery(service, environment));
  const shown = useMemo(() => {
    const known = names.data?.metrics ?? [];
    return [...standard, ...(basic ? [] : known.filter(({ metric }) => extra.includes(metric)))];
  }, [names.data, basic]);
  const answers = useQueries({
    queries: shown.map(({ metric }) => graphQuery(place, metric, stretch, points)),
    combine: askedOf,
  });
  return useMemo(
    () =>
      shown.map((name, index) => ({
        ...graphOf(name, answers[index], before),
        ...(height !== undefined && { height }),
      })),
    [shown, answers, height, before],
  );
}

/** A service's lines and those of the services it depends on. */
export function useMarkers(service: string, environment: string, stretch: Stretch): MarkerAnswer[] {
  const query = useQuery(linesQuery({ service, environment }, stretch));
  return query.data?.items ?? noMarkers;
}

/** Of one identity, so that answers keep theirs while nothing has changed. */
function askedOf(results: UseQueryResult<SeriesAnswer>[]): NonNullable<Asked>[] {
  return results.map(({ data, error, refetch }) => ({
    data,
    error,
    refetch: () => void refetch(),
  }));
}

type Asked =
  | { data: SeriesAnswer | undefined; error: Error | null; refetch: () => void }
  | undefined;

function graphOf({ metric, unit, title }: SeriesName, asked: Asked, before?: number): Graph {
  const base = { id: metric, title, unit: asked?.data?.unit || unit };
  if (asked?.data) {
    const was = before === undefined ? null : medianBefore(asked.data.series, before);
    return {
      ...base,
      series: namedSeries(title, asked.data.series),
      ...(was !== null && { was }),
    };
  }
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

function medianBefore([first]: SeriesAnswer["series"], before: number): number | null {
  const values = (first?.points ?? [])
    .flatMap(([at, value]) => (at < before && value !== null ? [value] : []))
    .sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? null;
}
