"use client";

import { useMemo } from "react";
import { TrendLine } from "@/app/_charts/trend-line";
import type { Bucket } from "@/app/_charts/types";
import type { BurnDownAnswer, SloAnswer } from "@/lib/http/slo-answers";

/** What was left of the budget after each day of the window, UTC. */
export function BurnDownChart({
  slo,
  points,
  onDay,
}: {
  slo: SloAnswer;
  points: BurnDownAnswer["points"];
  /** Opens the events of a day, UTC. */
  onDay: (day: string) => void;
}) {
  const buckets = useMemo((): Bucket[] => {
    const starts = [slo.from, ...points.map(({ at }) => at)].map((at) => Date.parse(at));
    return points.map(({ at, budgetLeft, n }, index) => ({
      from: starts[index] ?? Date.parse(at),
      to: Date.parse(at),
      value: budgetLeft,
      n,
      partial: index === 0 || index === points.length - 1,
    }));
  }, [slo.from, points]);
  return (
    <TrendLine
      title="Error budget left"
      valueName="Left at its end"
      unit="ratio"
      buckets={buckets}
      size="day"
      timezone="UTC"
      total={{ value: slo.budgetLeft, n: slo.n }}
      onOpen={({ from }) => onDay(new Date(from).toISOString().slice(0, 10))}
      emptyText="Nothing has been measured in the window"
    />
  );
}
