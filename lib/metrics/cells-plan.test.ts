import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { type DeploymentFilter, selectDeployments } from "@/lib/deployments/select-deployments";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await sql`
    insert into deployments (id, source, key, status, raw_environment, service, environment, tier,
      team, author, at, completed, kind, failed, rework)
    select 'd' || n, 'test', 'd' || n, 'succeeded', 'production', 'service-' || n % 50, 'production',
      'production', 'team-' || n % 5, 'person-' || n % 400, timestamptz '2026-01-01' + n * interval '1 minute',
      true, 'deploy', n % 40 = 0, n % 45 = 0
    from generate_series(1, 20000) as n`.execute(database.db);
  await sql`
    insert into deployment_changes (deployment_id, repository, revision, service, environment, tier,
      team, finished_at, lead_seconds)
    select id, 'acme/x', id, service, environment, tier, team, at, 60 + random() * 100000
    from deployments`.execute(database.db);
  await sql`vacuum analyze deployments`.execute(database.db);
  await sql`vacuum analyze deployment_changes`.execute(database.db);
});
afterAll(() => database.close());

async function planOf(filter: DeploymentFilter): Promise<string> {
  const query = selectDeployments(database.db, filter, null)
    .where(sql<boolean>`(at, id) < (timestamptz '2026-01-10', 'd9')`)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(51);
  return JSON.stringify(await query.explain("json"));
}

test.each<[string, DeploymentFilter, string]>([
  ["failures of a team", { failed: true, team: ["team-3"] }, "deployments_failed_by_team"],
  [
    "failures of a service",
    { failed: true, service: ["service-5"] },
    "deployments_failed_by_service",
  ],
  [
    "the failures behind a figure",
    { figure: "failed", tier: ["production"] },
    "deployments_failed",
  ],
  ["rework of a team", { figure: "rework", team: ["team-3"] }, "deployments_rework_by_team"],
  ["one author's", { author: ["person-7"] }, "deployments_by_author"],
  ["a service's", { figure: "deployments", service: ["service-5"] }, "deployments_by_service_time"],
])("a page of %s is read from an index", async (_, filter, index) => {
  const plan = await planOf(filter);
  expect(plan).toContain(`"${index}"`);
  expect(plan).not.toContain('"Seq Scan"');
});

test("the ranked values of a bracket are found by its index", async () => {
  const { rows } = await sql`
    explain (format json) select lead_seconds from deployment_changes
    where lead_seconds is not null and log_bracket(lead_seconds) = 4000
      and finished_at >= timestamptz '2026-01-02' and finished_at < timestamptz '2026-01-09'
      and tier = 'production' and service = 'service-7'
    order by lead_seconds offset 3 limit 2`.execute(database.db);
  const plan = JSON.stringify(rows);
  expect(plan).toContain('"deployment_changes_by_bracket"');
  expect(plan).not.toContain('"Seq Scan"');
});
