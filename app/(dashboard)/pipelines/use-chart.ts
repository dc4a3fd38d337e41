"use client";

import { useRouter } from "next/navigation";
import { useMemo } from "react";
import type { Bucket, BucketSize } from "@/app/_charts/types";
import { useCarry } from "@/app/_window/page-link";
import { useTimezone } from "@/app/_window/timezone";
import { type PipelineScope, rowsBehind } from "./scope";

type Read<Figures> = (figures: Figures) => Pick<Bucket, "value" | "n"> & Partial<Bucket>;

interface Trend<Figures> {
  bucket: BucketSize;
  total: Figures;
  previous?: { total: Figures };
  buckets: readonly (Figures & { start: string; end: string; partial: boolean })[];
}

/** What a chart of one figure is given; a bucket opens to the rows that it is made of. */
export function useChart<Figures>(
  list: "builds" | "tests",
  { bucket, total, previous, buckets }: Trend<Figures>,
  scope: PipelineScope,
) {
  const { timezone } = useTimezone();
  const router = useRouter();
  const carry = useCarry();
  return useMemo(
    () =>
      (read: Read<Figures>, more: Record<string, string> = {}) => {
        const now = read(total);
        const before = previous && read(previous.total);
        return {
          buckets: buckets.map((each) => ({
            from: Date.parse(each.start),
            to: Date.parse(each.end),
            partial: each.partial,
            ...read(each),
          })),
          size: bucket,
          timezone,
          total: {
            value: now.value,
            n: now.n,
            ...(before && before.n > 0 && { previous: before.value }),
          },
          onOpen: (opened: Bucket) => router.push(carry(rowsBehind(list, scope, opened, more))),
        };
      },
    [list, bucket, total, previous, buckets, scope, timezone, router, carry],
  );
}
