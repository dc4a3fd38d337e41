import { sql, type Transaction } from "kysely";
import { expect, it } from "vitest";
import type { Database } from "@/db/schema";
import { defaultConfig } from "@/lib/config";
import { regroupReports } from "@/lib/facts/regroup-reports";
import { projectionDatabase } from "@/lib/projection/testing-database";

const database = projectionDatabase();

it("what may be of one deployment is found by keys, however many reports there are", async () => {
  const { db } = database;
  await sql`
    insert into deployment_reports (id, deployment_id, source, key, status, started_at, finished_at,
      raw_environment, service, environment, tier, revision, artifact, at, begins_at, ends_at)
    select 'r' || n, 'r' || n, 'source' || n % 2, 'k' || n, 'succeeded', at, at, 'production',
      'service' || n % 20, 'production', 'production', md5((n / 7)::text), md5((n / 9)::text), at,
      at, at
    from (
      select n, timestamptz '2026-01-01' + n * interval '5 minutes' as at
      from generate_series(1, 20000) as n
    ) as made`.execute(db);
  await sql`
    insert into deployments (id, source, key, status, started_at, finished_at, raw_environment,
      service, environment, tier, revision, artifact, at, members)
    select id, source, key, status, started_at, finished_at, raw_environment, service, environment,
      tier, revision, artifact, at, array[id]
    from deployment_reports`.execute(db);
  await sql`analyze deployments, deployment_reports`.execute(db);
  const ids = Array.from({ length: 200 }, (_, index) => `r${10_000 + index}`);
  await db.transaction().execute(async (trx) => {
    // What the session did before may still stand among what its statistics count.
    const before = await wholeReads(trx);
    const { places } = await regroupReports(trx, defaultConfig, ids);
    expect(new Set(places.map(({ id }) => id))).toEqual(new Set(ids));
    expect(await wholeReads(trx)).toEqual(before);
  });
});

/** How often each table was read whole; within a transaction it only grows. */
async function wholeReads(trx: Transaction<Database>) {
  const { rows } = await sql<{ relname: string; seq_scan: number }>`
    select relname, seq_scan from pg_stat_xact_user_tables
    where relname in ('deployments', 'deployment_reports') order by relname`.execute(trx);
  expect(rows).toHaveLength(2);
  return rows;
}
