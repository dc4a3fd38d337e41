"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";

const allUpTo = 500;

/** Which rows of a long table to draw, and the heights, in pixels, of what is left out around them. */
export function useRowsInSight(count: number, rowHeight: number) {
  const body = useRef<HTMLTableSectionElement>(null);
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => rowHeight,
    overscan: 20,
    scrollMargin: body.current?.offsetTop ?? 0,
    enabled: count > allUpTo,
  });
  if (count <= allUpTo)
    return { body, rows: Array.from({ length: count }, (_, index) => index), before: 0, after: 0 };
  const inSight = virtualizer.getVirtualItems();
  const first = inSight[0];
  const last = inSight.at(-1);
  const margin = virtualizer.options.scrollMargin;
  return {
    body,
    rows: inSight.map(({ index }) => index),
    before: first ? first.start - margin : 0,
    after: last ? virtualizer.getTotalSize() - (last.end - margin) : 0,
  };
}
