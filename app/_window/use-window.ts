"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useNow } from "@/app/_window/clock";
import { lengthOf, readWindow, stepOf, type TimeWindow } from "@/app/_window/window";

export interface WindowState extends TimeWindow {
  /** Whether the address names a window, or the page's own preset stands in. */
  named: boolean;
  /** A preset that moves with the clock. */
  choose(relative: string): void;
  /** A fixed stretch, as a drag over a graph or a shared address names it. */
  fix(from: Date, to: Date): void;
  /** Back to the page's own preset. */
  reset(): void;
}

/** The time window of the address, kept across pages. */
export function useWindow(fallback: string): WindowState {
  const [{ from, to }, set] = useQueryStates(
    { from: parseAsString, to: parseAsString },
    { history: "push", shallow: true },
  );
  const length = lengthOf(from ?? fallback) ?? lengthOf(fallback) ?? 86_400_000;
  const now = useNow(stepOf(length));
  return useMemo(
    () => ({
      ...readWindow(from, to, fallback, now),
      named: from !== null,
      choose: (relative) => void set({ from: relative, to: null }),
      fix: (start, end) => void set({ from: start.toISOString(), to: end.toISOString() }),
      reset: () => void set({ from: null, to: null }),
    }),
    [from, to, fallback, now, set],
  );
}
