import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Bucket } from "@/lib/metrics/buckets";
import type { Tally } from "@/lib/metrics/figures";
import { inScope, type MetricScope } from "@/lib/metrics/scope";

export interface TallyWindow {
  from: Date;
  to: Date;
  timezone: string;
}

export interface Tallies {
  total: Tally;
  /** One for each bucket given, in their order. */
  buckets: Tally[];
}

/**
 * Counts a window exactly, in total and per bucket, from the derived rows. What
 * finished at or after `from` and before `to` is inside; a failure and its
 * recovery count where the failed deployment finished.
 */
export async function readTallies(
  db: Kysely<Database>,
  scope: MetricScope,
  window: TallyWindow,
  buckets: readonly Bucket[],
): Promise<Tallies> {
  const starts = sql`${buckets.map((bucket) => bucket.start.toISOString())}::timestamptz[]`;
  const parts = await Promise.all([
    countDeployments(db, scope, window, starts),
    countLeadTimes(db, scope, window, starts),
    countTried(db, scope, window, starts),
    countReleases(db, scope, window, starts),
  ]);
  const tallyAt = (bucket: number | null): Tally =>
    Object.assign(emptyTally(), ...parts.map((rows) => rows.get(bucket) ?? {}));
  return { total: tallyAt(null), buckets: buckets.map((_, index) => tallyAt(index + 1)) };
}

type Starts = ReturnType<typeof sql>;
/** Parts of tallies by width_bucket's number; null is the total. */
type Counted = Map<number | null, Partial<Tally>>;

async function countDeployments(
  db: Kysely<Database>,
  scope: MetricScope,
  window: TallyWindow,
  starts: Starts,
): Promise<Counted> {
  const { rows } = await sql<DeploymentCounts>`
    with rollouts as (
      select width_bucket(d.at, ${starts}) as bucket, d.at, d.kind, d.tier, d.completed, d.rework, d.failed_attempt, d.failed_remedy,
        d.changes_known, d.held_by, d.restored_at, d.recovery_seconds, d.remedies,
        d.completed and d.kind not in ('rollback', 'redeploy') as counts,
        d.failed and d.kind not in ('rollback', 'redeploy') and d.tier = 'production' as failed
      from deployments d
      where ${inScope(scope)} and d.counted and d.at >= ${window.from} and d.at < ${window.to}
    )
    select bucket,
      count(*) filter (where counts) as deployments,
      count(distinct (at at time zone ${window.timezone})::date) filter (where counts) as deployment_days,
      count(*) filter (where completed) as completed,
      count(*) filter (where completed and rework) as rework,
      count(*) filter (where counts and tier = 'production') as judged,
      count(*) filter (where failed) as failed,
      count(recovery_seconds) filter (where failed and restored_at is not null) as restored,
      count(*) filter (where failed and restored_at is null) as open,
      percentile_cont(array[0.5, 0.9]) within group (order by recovery_seconds)
        filter (where failed and restored_at is not null) as recovery,
      count(*) filter (where failed and held_by = 'rollback') as held_rollback,
      count(*) filter (where failed and held_by = 'revert') as held_revert,
      count(*) filter (where failed and held_by = 'fix_forward') as held_fix_forward,
      count(*) filter (where failed and held_by = 'flag_off') as held_flag_off,
      count(*) filter (where failed and held_by = 'none') as held_none,
      count(*) filter (where failed and remedies -> 0 is not null) as remedied,
      count(*) filter (where failed and remedies -> 0 ->> 'kind' = 'rollback') as rollback_first,
      count(*) filter (where counts and changes_known = false) as unknown_change_sets,
      count(*) filter (where failed_attempt) as failed_attempts,
      count(*) filter (where failed_remedy) as failed_remedies
    from rollouts
    group by grouping sets ((bucket), ())`.execute(db);
  return new Map(rows.map((row) => [row.bucket, deploymentPart(row)]));
}

interface DeploymentCounts {
  bucket: number | null;
  deployments: number;
  deployment_days: number;
  completed: number;
  rework: number;
  judged: number;
  failed: number;
  restored: number;
  open: number;
  recovery: (number | null)[] | null;
  held_rollback: number;
  held_revert: number;
  held_fix_forward: number;
  held_flag_off: number;
  held_none: number;
  remedied: number;
  rollback_first: number;
  unknown_change_sets: number;
  failed_attempts: number;
  failed_remedies: number;
}

function deploymentPart(row: DeploymentCounts): Partial<Tally> {
  return {
    deployments: row.deployments,
    deploymentDays: row.deployment_days,
    completed: row.completed,
    rework: row.rework,
    judged: row.judged,
    failed: row.failed,
    restored: row.restored,
    open: row.open,
    recoverySeconds: percentiles(row.recovery),
    held: {
      rollback: row.held_rollback,
      revert: row.held_revert,
      fix_forward: row.held_fix_forward,
      flag_off: row.held_flag_off,
      none: row.held_none,
    },
    remedied: row.remedied,
    rollbackFirst: row.rollback_first,
    unknownChangeSets: row.unknown_change_sets,
    failedAttempts: row.failed_attempts,
    failedRemedies: row.failed_remedies,
  };
}

async function countLeadTimes(
  db: Kysely<Database>,
  scope: MetricScope,
  window: TallyWindow,
  starts: Starts,
): Promise<Counted> {
  const { rows } = await sql<{
    bucket: number | null;
    lead_times: number;
    lead: (number | null)[] | null;
    anomalies: number;
  }>`
    with changes as (
      select width_bucket(finished_at, ${starts}) as bucket, lead_seconds, anomaly
      from deployment_changes
      where ${inScope(scope)} and finished_at >= ${window.from} and finished_at < ${window.to}
    )
    select bucket, count(lead_seconds) as lead_times,
      percentile_cont(array[0.5, 0.9]) within group (order by lead_seconds) as lead,
      count(*) filter (where anomaly) as anomalies
    from changes
    group by grouping sets ((bucket), ())`.execute(db);
  return new Map(
    rows.map((row) => [
      row.bucket,
      {
        leadTimes: row.lead_times,
        leadTimeSeconds: percentiles(row.lead),
        anomalies: row.anomalies,
      },
    ]),
  );
}

/** Every attempt at a remedy once, even where it served several failures. */
async function countTried(
  db: Kysely<Database>,
  scope: MetricScope,
  window: TallyWindow,
  starts: Starts,
): Promise<Counted> {
  const { rows } = await sql<{ bucket: number | null; kind: keyof Tally["tried"]; n: number }>`
    with tried as (
      select width_bucket(d.at, ${starts}) as bucket, remedy ->> 'kind' as kind,
        coalesce(remedy ->> 'deployment', remedy ->> 'release') as attempt
      from deployments d, jsonb_array_elements(d.remedies) as remedy
      where d.failed and d.tier = 'production' and d.kind not in ('rollback', 'redeploy')
        and ${inScope(scope)} and d.counted
        and d.at >= ${window.from} and d.at < ${window.to}
    )
    select bucket, kind, count(distinct attempt) as n
    from tried
    group by grouping sets ((bucket, kind), (kind))`.execute(db);
  const counted: Counted = new Map();
  for (const row of rows) {
    const tried = counted.get(row.bucket)?.tried ?? emptyTally().tried;
    counted.set(row.bucket, { tried: { ...tried, [row.kind]: row.n } });
  }
  return counted;
}

async function countReleases(
  db: Kysely<Database>,
  scope: MetricScope,
  window: TallyWindow,
  starts: Starts,
): Promise<Counted> {
  const { rows } = await sql<{ bucket: number | null; n: number }>`
    with shown as (
      select width_bucket(at, ${starts}) as bucket
      from releases
      where ${inScope(scope)} and at >= ${window.from} and at < ${window.to}
    )
    select bucket, count(*) as n from shown group by grouping sets ((bucket), ())`.execute(db);
  return new Map(rows.map((row) => [row.bucket, { releases: row.n }]));
}

function percentiles(values: (number | null)[] | null): Tally["leadTimeSeconds"] {
  return { p50: toMilliseconds(values?.[0]), p90: toMilliseconds(values?.[1]) };
}

/** Interpolation leaves 820.0000000000001; no fact is known below the millisecond. */
function toMilliseconds(seconds: number | null | undefined): number | null {
  return seconds == null ? null : Math.round(seconds * 1000) / 1000;
}

function emptyTally(): Tally {
  return {
    deployments: 0,
    deploymentDays: 0,
    completed: 0,
    rework: 0,
    failed: 0,
    judged: 0,
    restored: 0,
    open: 0,
    recoverySeconds: { p50: null, p90: null },
    held: { rollback: 0, revert: 0, fix_forward: 0, flag_off: 0, none: 0 },
    tried: { rollback: 0, revert: 0, fix_forward: 0, flag_off: 0 },
    remedied: 0,
    rollbackFirst: 0,
    leadTimes: 0,
    leadTimeSeconds: { p50: null, p90: null },
    anomalies: 0,
    unknownChangeSets: 0,
    failedAttempts: 0,
    failedRemedies: 0,
    releases: 0,
  };
}
