import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";

export const services = 200;
const changesEach = 4;

export interface Fill {
  deployments: number;
  days: number;
  now: Date;
}

/**
 * Derived rows in the shape that derivation leaves, spread evenly over services
 * and days: what is measured is reading, so they are written by SQL.
 */
export async function fillDeployments(db: Kysely<Database>, fill: Fill): Promise<void> {
  const { deployments, days, now } = fill;
  await sql`
    insert into deployments (id, source, key, status, started_at, finished_at, raw_environment,
      service, environment, tier, team, repository, revision, at, completed, kind, derived_kind,
      changes_known, change_count, failed, failure_reason, restored_at, recovery_seconds, held_by,
      rework, members)
    select 'd' || n, 'bench', 'bench/d' || n, 'succeeded', at - interval '2 minutes', at, 'production',
      'service-' || n % ${services}, 'production', 'production', 'team-' || n % 20,
      'acme/service-' || n % ${services}, md5(n::text), at, true,
      case when n % 23 = 1 then 'rollback' else 'deploy' end, 'deploy', true, ${changesEach}::int,
      n % 23 = 0, case when n % 23 = 0 then 'rolled_back' end,
      case when n % 23 = 0 then at + interval '10 minutes' end,
      case when n % 23 = 0 then 300 + n % 1200 end, case when n % 23 = 0 then 'rollback' end,
      n % 23 = 1, array['d' || n]
    from (
      select n, ${now}::timestamptz - (${deployments}::int - n) * (interval '1 day' * ${days}::float8 / ${deployments}::float8) as at
      from generate_series(1, ${deployments}::int) as n
    ) as made`.execute(db);
  await sql`
    insert into deployment_reports (id, deployment_id, source, key, status, started_at,
      finished_at, raw_environment, service, environment, tier, team, repository, revision, at,
      begins_at, ends_at)
    select id, id, source, key, status, started_at, finished_at, raw_environment, service,
      environment, tier, team, repository, revision, at, started_at, finished_at
    from deployments`.execute(db);
  await sql`
    insert into deployment_changes (deployment_id, repository, revision, service, environment, tier,
      team, finished_at, lead_seconds)
    select d.id, d.repository, d.id || '-' || c, d.service, d.environment, d.tier, d.team, d.at,
      600 + (hashtext(d.id || c) & 65535)
    from deployments d, generate_series(1, ${changesEach}::int) as c`.execute(db);
  await sql`
    insert into incidents (id, title, service, environment, tier, severity, opened_at, first_sign_at, members)
    values ('incident', '5xx', 'service-0', 'production', 'production', 'critical',
      ${now}::timestamptz - interval '1 hour', ${now}::timestamptz - interval '1 hour', '{incident}')`.execute(
    db,
  );
  await sql`analyze`.execute(db);
}
