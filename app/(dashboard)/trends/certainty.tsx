"use client";

import type { Figure, Scope } from "@/app/_figures/figures";
import { RowsLink } from "@/app/_figures/rows-link";
import { formatCount, formatRate } from "@/app/_ui/format";

const fewBelow = 10;

/** How many a figure is of, said in words where they are so few that one more would change it. */
export function Few({
  n,
  scope,
  figure,
  bare = false,
}: {
  n: number;
  scope: Scope;
  figure: Figure;
  /** Without "n" before it. */
  bare?: boolean;
}) {
  const count = (
    <RowsLink scope={scope} figure={figure} n={n}>
      {bare ? formatCount(n) : `n ${formatCount(n)}`}
    </RowsLink>
  );
  if (n === 0 || n >= fewBelow) return count;
  return (
    <>
      {count} <span className="font-semibold text-warning">(few)</span>
    </>
  );
}

/** Where the rate lies with 95 % certainty, were this stretch one of many like it. */
export function Interval({ interval }: { interval: { low: number; high: number } | null }) {
  if (interval === null) return null;
  return (
    <span title="Wilson's interval: with so many, the rate behind it lies in here 95 times of 100.">
      , 95 %: {formatRate(interval.low).replace("%", "")}–{formatRate(interval.high)}
    </span>
  );
}
