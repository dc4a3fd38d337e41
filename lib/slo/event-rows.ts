import { type RawBuilder, sql } from "kysely";
import type { Indicator } from "@/lib/slo/indicators";

/**
 * The rows that an indicator's events are: id, at, seconds, service, team, repository
 * and open. An event that is still under way is `open`: its seconds are those until
 * `now`, and grow. Canceled attempts are no events, and nothing negative is.
 */
export function eventRows(indicator: Indicator, now: Date): RawBuilder<unknown> {
  switch (indicator) {
    case "build_duration":
      return builds;
    case "deployment_duration":
      return deployments(sql`true`);
    case "rollback_duration":
      return deployments(sql`coalesce(d.kind, d.declared_kind) = 'rollback'`);
    case "rollback_decision":
      return decisions;
    case "commit_to_production":
      return changes;
    case "recovery":
      return recoveries(now);
    case "main_broken":
      return breaks(now);
  }
}

/** Checks and statuses stand in where no run of their revision is known. */
const builds = sql`
  select b.id, b.at, extract(epoch from b.finished_at - b.started_at)::double precision as seconds,
    null::text as service, null::text as team, lower(b.repository) as repository, false as open
  from builds b
  where b.status in ('succeeded', 'failed') and b.started_at is not null
    and b.finished_at is not null and b.finished_at >= b.started_at
    and (not b.fallback or not exists (
      select from builds run
      where run.repository = b.repository and run.revision = b.revision and not run.fallback))`;

/** Their `at` is their finish. */
const deployments = (which: RawBuilder<unknown>) => sql`
  select d.id, d.at, extract(epoch from d.finished_at - d.started_at)::double precision as seconds,
    d.service, d.team, lower(d.repository) as repository, false as open
  from deployments d
  where d.status in ('succeeded', 'failed') and d.started_at is not null
    and d.finished_at is not null and d.finished_at >= d.started_at and ${which}`;

const failures = sql`d.failed and d.tier = 'production' and d.counted
  and d.kind not in ('rollback', 'redeploy')`;

/** From the first sign to the start of the first rollback that was tried, as recovery's "decide" begins. */
const decisions = sql`
  select id, at, seconds, service, team, repository, false as open
  from (
    select d.id, d.at, d.service, d.team, lower(d.repository) as repository,
      extract(epoch from (jsonb_path_query_first(d.remedies, '$[*] ? (@.kind == "rollback")')
        ->> 'startedAt')::timestamptz - d.first_sign_at)::double precision as seconds
    from deployments d
    where ${failures} and d.failure_incident is not null
  ) as decided
  where seconds >= 0`;

const changes = sql`
  select c.deployment_id || '.' || c.revision as id, c.finished_at as at, c.lead_seconds as seconds,
    c.service, c.team, lower(c.repository) as repository, false as open
  from deployment_changes c
  where c.tier = 'production' and c.lead_seconds is not null`;

const recoveries = (now: Date) => sql`
  select d.id, d.at, case when d.restored_at is null
      then extract(epoch from ${now} - least(d.at, d.first_sign_at))::double precision
      else d.recovery_seconds end as seconds,
    d.service, d.team, lower(d.repository) as repository, d.restored_at is null as open
  from deployments d
  where ${failures} and (d.restored_at is null or d.recovery_seconds is not null)`;

const breaks = (now: Date) => sql`
  select b.id, b.began_at as at,
    extract(epoch from coalesce(b.mended_at, ${now}) - b.began_at)::double precision as seconds,
    null::text as service, null::text as team, lower(b.repository) as repository,
    b.mended_at is null as open
  from main_breaks b`;
