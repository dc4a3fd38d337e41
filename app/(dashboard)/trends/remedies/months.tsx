"use client";

import { useRouter } from "next/navigation";
import { useCallback, useMemo } from "react";
import { TrendBars } from "@/app/_charts/trend-bars";
import type { Bucket } from "@/app/_charts/types";
import { rowsBehind, type Scope } from "@/app/_figures/figures";
import { useHere } from "@/app/_figures/use-back";
import { Card } from "@/app/_ui/card";
import { useCarry } from "@/app/_window/page-link";
import type { RemediesAnswer } from "@/lib/http/insight-answers";

const parts = [
  { key: "rollback", label: "Rollback", colour: "var(--chart-rollback)" },
  { key: "revert", label: "Revert", colour: "var(--chart-revert)", hatched: true },
  { key: "fix_forward", label: "Fix-forward", colour: "var(--chart-fix-forward)" },
  { key: "flag_off", label: "Flag off", colour: "var(--chart-release)", hatched: true },
  { key: "none", label: "No remedy", colour: "var(--chart-muted)" },
  { key: "open", label: "Open", colour: "var(--chart-failed)", hatched: true },
];

/** Every failure once, in its month, by what held. */
export function Months({
  months,
  timezone,
  scope,
}: {
  months: RemediesAnswer;
  timezone: string;
  scope: Scope;
}) {
  const router = useRouter();
  const carry = useCarry();
  const buckets = useMemo(() => bucketsOf(months), [months]);
  const back = useHere();
  const open = useCallback(
    (stretch: Bucket) => router.push(carry(rowsBehind(scope, "failed", { stretch, back }))),
    [router, carry, scope, back],
  );
  return (
    <Card className="pt-2">
      <TrendBars
        title="How failures ended, by month"
        valueName="Failures"
        unit="count"
        buckets={buckets}
        size="month"
        timezone={timezone}
        total={{ value: months.total.failures, n: months.total.failures }}
        parts={parts}
        onOpen={open}
        emptyText="No failure yet"
      />
    </Card>
  );
}

function bucketsOf({ items }: RemediesAnswer): Bucket[] {
  return items.flatMap(({ start, end, partial, failures, held, open }) =>
    start === null || end === null
      ? []
      : [
          {
            from: Date.parse(start),
            to: Date.parse(end),
            partial,
            // A month without failures is one, not a month without data.
            value: failures,
            n: failures,
            parts: { ...held, open },
          },
        ],
  );
}
