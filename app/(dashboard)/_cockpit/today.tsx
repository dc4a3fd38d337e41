"use client";

import { useQuery } from "@tanstack/react-query";
import { Answered } from "@/app/_ui/answered";
import { Figure } from "@/app/_ui/figure";
import { formatCount, formatRate, formatSeconds, plural } from "@/app/_ui/format";
import { useNow } from "@/app/_window/clock";
import { PageLink } from "@/app/_window/page-link";
import { useTimezone } from "@/app/_window/timezone";
import { todayQuestion } from "@/app/(dashboard)/_cockpit/questions";
import type { MetricsAnswer } from "@/lib/http/figure-answers";

/** Today against the usual; every figure opens the trends it is taken from. */
export function Today() {
  const { timezone } = useTimezone();
  const now = useNow(900_000);
  const query = useQuery(todayQuestion(now, timezone));
  return (
    <section aria-label="Today" className="rounded-lg border border-line bg-surface px-3.5 py-2.5">
      <Answered query={query} lines={2}>
        {(metrics) => <Figures metrics={metrics} />}
      </Answered>
    </section>
  );
}

function Figures({ metrics }: { metrics: MetricsAnswer }) {
  const { total, buckets } = metrics;
  const today = buckets.at(-1);
  const usual = median(
    buckets.filter(({ partial }) => !partial).map((day) => day.deploymentFrequency.deployments),
  );
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 md:grid-cols-5">
      <Figure
        name={<Opens href="/deployments?from=-24h">Deployments today</Opens>}
        value={formatCount(today?.deploymentFrequency.deployments)}
        beside={usual === null ? "no full day yet" : `usual: ${formatCount(usual)} a day`}
      />
      <Figure
        name={<Opens href="/trends?from=-28d#change-fail-rate">Change fail rate, 28 d</Opens>}
        value={formatRate(total.changeFailRate.rate)}
        beside={`${total.changeFailRate.failed} of ${total.changeFailRate.n}`}
      />
      <Figure
        name={<Opens href="/trends?from=-28d#recovery-time">Recovery time, p50, 28 d</Opens>}
        value={formatSeconds(total.recoveryTime.p50Seconds)}
        beside={
          total.recoveryTime.open > 0
            ? `n ${total.recoveryTime.n}, ${total.recoveryTime.open} open`
            : `n ${total.recoveryTime.n}`
        }
      />
      <Figure
        name={<Opens href="/trends?from=-28d#lead-time">Lead time, p50, 28 d</Opens>}
        value={formatSeconds(total.leadTime.p50Seconds)}
        beside={plural(total.leadTime.n, "change")}
      />
      <Figure
        name={<Opens href="/trends?from=-28d#remedies">Rollback first, 28 d</Opens>}
        value={formatRate(total.remedies.rollbackFirst)}
        beside={`${total.remedies.tried.rollback} back, ${total.remedies.tried.fix_forward} forward`}
      />
    </dl>
  );
}

function Opens({ href, children }: { href: string; children: string }) {
  return (
    <PageLink href={href} className="link">
      {children}
    </PageLink>
  );
}

function median(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const low = sorted[Math.floor(middle)] ?? 0;
  const high = sorted[Math.ceil(middle)] ?? 0;
  return (low + high) / 2;
}
