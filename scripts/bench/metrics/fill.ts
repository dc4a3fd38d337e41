import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { fillBuilds } from "@/scripts/bench/metrics/fill-builds";

export const services = 200;
export const teams = 20;
const changesEach = 4;

export interface Fill {
  deployments: number;
  days: number;
  now: Date;
}

/**
 * Derived rows as derivation leaves them, by SQL: what is measured is reading. Durations
 * are log-normal, one attempt in 25 fails and is rolled back or fixed forward; the same
 * seed makes the same set.
 */
export async function fillMetrics(db: Kysely<Database>, fill: Fill): Promise<void> {
  const restore = await dropIndexes(db, ["deployments", "deployment_changes", "builds"]);
  await db.connection().execute(async (connection) => {
    await sql`select setseed(0.4)`.execute(connection);
    await fillDeployments(connection, fill);
    await fillChanges(connection);
    await fillBuilds(connection);
  });
  await restore();
  for (const table of ["deployments", "deployment_changes", "builds"])
    await sql`vacuum (analyze, parallel 0) ${sql.table(table)}`.execute(db);
}

async function fillDeployments(db: Kysely<Database>, { deployments, days, now }: Fill) {
  await sql`
    insert into deployments (id, source, key, status, started_at, finished_at, raw_environment,
      service, environment, tier, team, repository, revision, author, at, completed, kind,
      derived_kind, changes_known, change_count, failed, failure_reason, restored_at,
      recovery_seconds, detect_seconds, decide_seconds, remedy_seconds, confirm_seconds,
      held_by, failure_incident, first_sign_at, remedies, rework, members)
    select md5('deployment' || n), 'bench', 'bench/d' || n, 'succeeded',
      at - exp(random_normal(4, 0.5)) * interval '1 second', at, 'production', service, 'production', 'production', 'team-' || (n % ${services}) % ${teams},
      'acme/' || service, md5(n::text), 'person-' || n % 300, at, true, kind, kind, true,
      ${changesEach}::int, fails, case when fails then 'rolled_back' end,
      case when fails then at + recovery * interval '1 second' end,
      case when fails then recovery end, case when fails then recovery * 0.2 end,
      case when fails then recovery * 0.3 end, case when fails then recovery * 0.4 end,
      case when fails then recovery * 0.1 end,
      case when fails then remedy end, case when fails then 'incident-' || n end,
      case when fails then at + recovery * interval '0.2 seconds' end,
      case when fails then jsonb_build_array(jsonb_build_object('kind', remedy, 'deployment',
        md5('deployment' || n + ${services}), 'release', null, 'held', true,
        'startedAt', at + recovery * interval '0.5 seconds')) else '[]' end,
      kind in ('rollback', 'fix_forward'), array[md5('deployment' || n)]
    from (
      select n, 'service-' || n % ${services} as service,
        ${now}::timestamptz - (${deployments}::int - n + random())
          * (interval '1 day' * ${days}::float8 / ${deployments}::float8) as at,
        case when n % 25 = 1 then 'rollback' when n % 25 = 2 then 'fix_forward' else 'deploy' end as kind,
        n % 25 = 0 as fails,
        case when n % 2 = 0 then 'rollback' else 'fix_forward' end as remedy,
        round((exp(random_normal(6.5, 0.9)))::numeric, 3)::float8 as recovery
      from generate_series(1, ${deployments}::int) as n
    ) as made`.execute(db);
}

async function fillChanges(db: Kysely<Database>): Promise<void> {
  await sql`
    insert into deployment_changes (deployment_id, repository, revision, service, environment, tier,
      team, finished_at, lead_seconds, coding_seconds, pickup_seconds, review_seconds,
      merge_to_deploy_seconds, deploy_seconds)
    select id, repository, revision || c, service, environment, tier, team, at, lead,
      lead * 0.5, lead * 0.1, lead * 0.3, lead * 0.1, 120
    from (
      select d.*, c, round((exp(random_normal(10, 1.2)))::numeric, 3)::float8 as lead
      from deployments d, generate_series(1, ${changesEach}::int) as c
      order by d.at
    ) as made`.execute(db);
}

/** Sorting once is many times faster than keeping indexes up to date row by row. */
async function dropIndexes(
  db: Kysely<Database>,
  tables: readonly string[],
): Promise<() => Promise<void>> {
  const { rows } = await sql<{ name: string; made: string }>`
    select indexname as name, indexdef as made from pg_indexes
    where schemaname = 'public' and tablename = any(${[...tables]}::text[])
      and indexname not like '%_pkey'`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.id(name)}`.execute(db);
  return async () => {
    for (const { made } of rows) await sql.raw(made).execute(db);
  };
}
