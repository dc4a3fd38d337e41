import type { FiguresAnswer } from "@/lib/http/figure-answers";
import type { WeekStart } from "@/lib/metrics/buckets";
import { medianDeploymentDays } from "@/lib/metrics/devlake/deployment-days";
import type { IncidentLink } from "@/lib/metrics/devlake/incident-links";
import { leadTimeSeconds, type ShippedPullRequest } from "@/lib/metrics/devlake/lead-time";
import { lowerMiddle } from "@/lib/metrics/devlake/lower-middle";
import { figuresOf, noCalendar } from "@/lib/metrics/figures";
import { wilsonInterval } from "@/lib/metrics/interval";
import { noCounts, noPercentiles } from "@/lib/metrics/tally";

/** Successful production deployments of a calendar date (`2026-03-02`) in the asked zone. */
export interface CountedDay {
  day: string;
  deployments: number;
}

/** What DevLake's figures are computed from, of a window or of more than it. */
export interface Evidence {
  days: readonly CountedDay[];
  /** Incidents by the deployments that they belong to. */
  links: readonly Pick<IncidentLink, "deployment" | "deployedAt" | "resolvedAt">[];
  pullRequests: readonly ShippedPullRequest[];
}

interface Stretch {
  from: Date;
  to: Date;
  timezone: string;
  weekStart?: WeekStart;
}

/**
 * One window's figures by DevLake's rules: days with a deployment per week as the median of
 * the weeks, lead time per pull request and recovery per incident as medians (the lower
 * middle, no p90), failed those with an incident. An incident and its recovery fall where
 * its deployment finished. What DevLake has no rule for is as of no data.
 */
export function devlakeFigures(evidence: Evidence, stretch: Stretch): FiguresAnswer {
  const days = daysWithin(evidence.days, stretch);
  const links = evidence.links.filter(({ deployedAt }) => isWithin(deployedAt, stretch));
  const pullRequests = evidence.pullRequests.filter(({ finishedAt }) =>
    isWithin(finishedAt, stretch),
  );
  const deployments = days.reduce((sum, day) => sum + day.deployments, 0);
  const failed = new Set(links.map(({ deployment }) => deployment)).size;
  const recoveries = links.flatMap(({ deployedAt, resolvedAt }) =>
    resolvedAt === null ? [] : [(resolvedAt.getTime() - deployedAt.getTime()) / 1000],
  );
  const nothing = figuresOf(
    { counts: noCounts(), leadTime: noPercentiles, recovery: noPercentiles, dayBits: 0 },
    noCalendar,
    null,
  );
  return {
    ...nothing,
    deploymentFrequency: {
      deployments,
      perDay: null,
      deploymentDaysPerWeek: medianDeploymentDays(
        days.map(({ day }) => day),
        dateIn(stretch.from, stretch.timezone),
        lastDate(stretch),
        stretch.weekStart,
      ),
    },
    leadTime: {
      ...nothing.leadTime,
      n: pullRequests.length,
      p50Seconds: lowerMiddle(pullRequests.map(leadTimeSeconds)),
    },
    changeFailRate: {
      ...nothing.changeFailRate,
      n: deployments,
      failed,
      rate: deployments === 0 ? null : failed / deployments,
      interval: wilsonInterval(failed, deployments),
    },
    recoveryTime: {
      ...nothing.recoveryTime,
      n: recoveries.length,
      open: links.length - recoveries.length,
      p50Seconds: lowerMiddle(recoveries),
    },
  };
}

function isWithin(at: Date, { from, to }: Stretch): boolean {
  return at >= from && at < to;
}

function daysWithin(days: readonly CountedDay[], stretch: Stretch): CountedDay[] {
  const [first, last] = [dateIn(stretch.from, stretch.timezone), lastDate(stretch)];
  return days.filter(({ day }) => day >= first && day <= last);
}

function lastDate({ to, timezone }: Stretch): string {
  return dateIn(new Date(to.getTime() - 1), timezone);
}

/** The calendar date in a zone, as 2026-03-02. */
function dateIn(at: Date, timezone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: timezone, dateStyle: "short" }).format(at);
}
