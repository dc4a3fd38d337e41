import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import type { FiguresAnswer, MetricsAnswer } from "@/lib/http/figure-answers";
import { bucketsOf } from "@/lib/metrics/buckets";
import { countDays } from "@/lib/metrics/devlake/count-days";
import { devlakeFigures, type Evidence } from "@/lib/metrics/devlake/figures";
import { readLinks } from "@/lib/metrics/devlake/incident-links";
import type { DevlakeScope } from "@/lib/metrics/devlake/project";
import { readShippedPullRequests } from "@/lib/metrics/devlake/read-pull-requests";
import { type MetricsQuestion, refuseBadWindow } from "@/lib/metrics/read-metrics";
import { scopeInReach } from "@/lib/metrics/scope-in-reach";
import { windowBefore } from "@/lib/metrics/window-before";

/**
 * The metrics of a window by DevLake's rules (docs/definitions.md), for comparison: what it
 * does not define is null, or 0 with n 0. Throws `range_too_large` above 100,000
 * deployments, and what `readMetrics` does.
 */
export async function readDevlakeMetrics(
  context: Context,
  asked: MetricsQuestion,
): Promise<MetricsAnswer> {
  refuseBadWindow(asked);
  const scope = await scopeInReach(context, asked.scope);
  const { from, to, timezone, bucket, weekStart } = asked;
  const before = asked.compare ? windowBefore({ start: from, end: to }, timezone) : null;
  const [evidence, evidenceBefore] = await Promise.all([
    readEvidence(context.db, scope, asked),
    before && readEvidence(context.db, scope, { ...asked, from: before.start, to: before.end }),
  ]);
  const figures = (start: Date, end: Date): FiguresAnswer =>
    devlakeFigures(evidence, { from: start, to: end, timezone, weekStart });
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    timezone,
    bucket,
    definition: "devlake",
    total: figures(from, to),
    ...(before &&
      evidenceBefore && {
        previous: {
          from: before.start.toISOString(),
          to: before.end.toISOString(),
          total: devlakeFigures(evidenceBefore, {
            from: before.start,
            to: before.end,
            timezone,
            weekStart,
          }),
        },
      }),
    buckets: bucketsOf(asked).map(({ start, end, partial }) => ({
      start: start.toISOString(),
      end: end.toISOString(),
      partial,
      ...figures(start < from ? from : start, end > to ? to : end),
    })),
  };
}

async function readEvidence(
  db: Kysely<Database>,
  scope: DevlakeScope,
  window: MetricsQuestion,
): Promise<Evidence> {
  const days = await countDays(db, scope, window);
  const { from, to } = window;
  const [links, pullRequests] = await Promise.all([
    readLinks(
      db,
      scope,
      sql<boolean>`i.opened_at > ${from} and linked.at >= ${from} and linked.at < ${to}`,
    ),
    readShippedPullRequests(db, scope, window),
  ]);
  return { days, links, pullRequests };
}
