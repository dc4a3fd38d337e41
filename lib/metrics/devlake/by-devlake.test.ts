import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { listDevlakeDeployments, listDevlakeIncidents } from "@/lib/metrics/devlake/read-by-links";
import { readDevlakeMetrics } from "@/lib/metrics/devlake/read-devlake-metrics";
import { type MetricsQuestion, readMetrics } from "@/lib/metrics/read-metrics";
import { deploymentRow, shipChanges } from "@/lib/metrics/testing";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;

beforeAll(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock: fixedClock("2026-03-20T00:00:00Z") });
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const table of [
    "deployments",
    "deployment_changes",
    "pull_requests",
    "incidents",
    "metric_cells",
  ] as const)
    await database.db.deleteFrom(table).execute();
});

const at = (text: string) => new Date(`2026-03-${text}Z`);
const twoWeeks: MetricsQuestion = {
  from: at("02T00:00:00"),
  to: at("16T00:00:00"),
  bucket: "week",
  timezone: "UTC",
  scope: { services: [], teams: [], environments: [] },
};
const ofTeam = (team: string) => ({ ...twoWeeks, scope: { ...twoWeeks.scope, teams: [team] } });

type Row = Parameters<typeof deploymentRow>[0];

async function deployed(id: string, time: string, more: Partial<Row> = {}) {
  const row = deploymentRow({ id, at: at(time), ...more });
  await database.db.insertInto("deployments").values(row).execute();
  return row;
}

async function opened(id: string, time: string, more: Record<string, unknown> = {}) {
  await database.db
    .insertInto("incidents")
    .values({
      id,
      title: `incident ${id}`,
      service: "checkout",
      environment: "production",
      tier: "production",
      team: "payments",
      severity: null,
      opened_at: at(time),
      acknowledged_at: null,
      resolved_at: null,
      first_sign_at: at(time),
      url: null,
      declared_cause: null,
      members: [id],
      sources: "[]",
      ...more,
    })
    .execute();
}

async function linksOf(): Promise<Record<string, string | null>> {
  const { items } = await listDevlakeIncidents(context, { limit: 100 });
  return Object.fromEntries(items.map(({ id, cause }) => [id, cause?.id ?? null]));
}

describe("an incident belongs to", () => {
  test("the latest successful production deployment of its team that finished before it", async () => {
    await deployed("early", "03T10:00:00");
    await deployed("late", "03T11:00:00", { service: "ledger", repository: "acme/ledger" });
    await deployed("other team", "03T11:10:00", { team: "search" });
    await deployed("staging", "03T11:20:00", { environment: "staging", tier: "staging" });
    await deployed("failed", "03T11:30:00", { status: "failed" });
    await deployed("after", "03T12:00:00");
    await opened("a", "03T12:00:00");
    expect(await linksOf()).toEqual({ a: "late" });
  });

  test("it whatever the gap, also to the very first deployment, a rollback or a redeploy", async () => {
    await deployed("first", "02T00:00:00", { kind: "first" });
    await opened("a", "09T00:00:00");
    await deployed("rollback", "10T00:00:00", { kind: "rollback" });
    await opened("b", "19T00:00:00");
    expect(await linksOf()).toEqual({ a: "first", b: "rollback" });
  });

  test("nothing where its project has deployed nothing before", async () => {
    await opened("a", "03T00:00:00");
    await deployed("d", "04T00:00:00");
    await deployed("other", "02T00:00:00", { team: null });
    expect(await linksOf()).toEqual({ a: null });
  });

  test("one of no team, where it is of none itself", async () => {
    await deployed("a team's", "03T11:00:00");
    await deployed("nobody's", "03T10:00:00", { team: null });
    await opened("a", "03T12:00:00", { team: null, service: null, environment: null, tier: null });
    expect(await linksOf()).toEqual({ a: "nobody's" });
  });

  test("one of the asked services, where services are asked for", async () => {
    await deployed("checkout", "03T10:00:00");
    await deployed("ledger", "03T11:00:00", { service: "ledger" });
    await opened("a", "03T12:00:00");
    const { items } = await listDevlakeIncidents(context, { service: ["checkout"], limit: 10 });
    expect(items[0]?.cause).toEqual({
      kind: "deployment",
      id: "checkout",
      by: "devlake",
      probability: null,
    });
  });
});

describe("readDevlakeMetrics", () => {
  test("fails a deployment that ours does not: the link knows no cause, only time", async () => {
    await deployed("a", "03T10:00:00");
    await deployed("b", "03T12:00:00", { kind: "rollback" });
    await opened("i", "08T10:00:00", { resolved_at: at("08T11:00:00") });
    const theirs = (await readDevlakeMetrics(context, ofTeam("payments"))).total;
    expect(theirs.changeFailRate).toMatchObject({ n: 2, failed: 1, rate: 0.5 });
    expect(theirs.recoveryTime).toEqual({
      n: 1,
      open: 0,
      p50Seconds: 5 * 86_400 - 3_600,
      p90Seconds: null,
    });
    const ours = (await readMetrics(context, ofTeam("payments"))).total;
    expect(ours.changeFailRate).toMatchObject({ n: 1, failed: 0 });
  });

  test("counts a deployment with several incidents once, its recoveries each", async () => {
    await deployed("a", "03T10:00:00");
    await opened("i", "03T10:10:00", { resolved_at: at("03T10:30:00") });
    await opened("j", "03T10:20:00", { resolved_at: at("03T12:00:00") });
    await opened("k", "03T10:40:00");
    const { total } = await readDevlakeMetrics(context, twoWeeks);
    expect(total.changeFailRate).toMatchObject({ n: 1, failed: 1, rate: 1 });
    // Of an even number the lower middle one.
    expect(total.recoveryTime).toMatchObject({ n: 2, open: 1, p50Seconds: 1_800 });
  });

  test("keeps an incident in its deployment's bucket, opened after the window or not", async () => {
    await deployed("a", "08T10:00:00");
    await deployed("b", "15T10:00:00");
    await opened("i", "09T10:00:00");
    await opened("j", "18T10:00:00");
    const { total, buckets } = await readDevlakeMetrics(context, twoWeeks);
    expect(total.changeFailRate.failed).toBe(2);
    expect(buckets.map(({ changeFailRate: { n, failed } }) => [n, failed])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test("takes the median of the weeks' days with a deployment", async () => {
    await deployed("a", "03T10:00:00");
    await deployed("b", "03T12:00:00");
    await deployed("c", "10T10:00:00");
    await deployed("d", "11T10:00:00");
    await deployed("e", "12T10:00:00");
    const { total, buckets } = await readDevlakeMetrics(context, twoWeeks);
    expect(total.deploymentFrequency).toEqual({
      deployments: 5,
      perDay: null,
      deploymentDaysPerWeek: 1,
    });
    expect(buckets[1]?.deploymentFrequency.deploymentDaysPerWeek).toBe(3);
    const sundays = await readDevlakeMetrics(context, { ...twoWeeks, weekStart: "sunday" });
    expect(
      sundays.buckets.map(({ deploymentFrequency }) => deploymentFrequency.deploymentDaysPerWeek),
    ).toEqual([1, 3, 0]);
  });

  test("has no figure where there is nothing", async () => {
    const { definition, total } = await readDevlakeMetrics(context, twoWeeks);
    expect(definition).toBe("devlake");
    expect(total.changeFailRate.rate).toBeNull();
    expect(total.leadTime).toMatchObject({ n: 0, p50Seconds: null, p90Seconds: null });
    expect(total.reworkRate).toMatchObject({ n: 0, rate: null });
    expect(total.remedies.rollbackFirst).toBeNull();
  });

  const pullRequest = (number: number, more: Record<string, unknown>) => ({
    id: `pull-${number}`,
    repository: "acme/checkout",
    number,
    first_commit_at: at("03T08:00:00"),
    opened_at: at("03T09:00:00"),
    merged_at: at("03T09:30:00"),
    ...more,
  });

  test("takes lead time per pull request, to the project's first deployment that ships it", async () => {
    const first = await deployed("a", "03T10:00:30");
    const again = await deployed("b", "04T10:00:00");
    await shipChanges(database.db, first, [1]);
    await database.db
      .insertInto("deployment_changes")
      .values(
        (await database.db.selectFrom("deployment_changes").selectAll().execute()).map(
          (change) => ({ ...change, deployment_id: again.id, finished_at: again.at }),
        ),
      )
      .execute();
    // Derivation found the first commit, which the pull request does not tell.
    await database.db
      .updateTable("deployment_changes")
      .set({ coding_seconds: 3_600 })
      .where("deployment_id", "=", first.id)
      .execute();
    await database.db
      .insertInto("pull_requests")
      .values([
        pullRequest(1, { merge_revision: "a-change-0", first_commit_at: null }),
        pullRequest(2, { merge_revision: "a-change-0", merged_at: null }),
      ])
      .execute();
    const { total, buckets } = await readDevlakeMetrics(context, twoWeeks);
    expect(total.leadTime).toMatchObject({ n: 1, p50Seconds: (60 + 30 + 31) * 60 });
    expect(buckets.map(({ leadTime }) => leadTime.n)).toEqual([1, 0]);
  });

  test("leaves staging, failed attempts and first deployments without their pull requests", async () => {
    const staging = await deployed("a", "03T10:00:00", { environment: "staging", tier: "staging" });
    const failed = await deployed("b", "03T11:00:00", { status: "failed" });
    await deployed("c", "03T12:00:00", { kind: "first", changes_known: null });
    for (const row of [staging, failed]) await shipChanges(database.db, row, [1]);
    await database.db
      .insertInto("pull_requests")
      .values([
        pullRequest(1, { merge_revision: "a-change-0" }),
        pullRequest(2, { merge_revision: "b-change-0" }),
        pullRequest(3, { merge_revision: "c-change-0" }),
      ])
      .execute();
    expect((await readDevlakeMetrics(context, twoWeeks)).total.leadTime.n).toBe(0);
  });
});

test("the list by these rules holds as many failures as the figure says, and says why", async () => {
  await deployed("a", "03T10:00:00", { failed: true, failure_reason: "rolled_back" });
  await deployed("b", "04T10:00:00");
  await opened("i", "04T12:00:00", { resolved_at: at("04T13:00:00") });
  const listed = (failed?: boolean) => listDevlakeDeployments(context, { failed, limit: 10 });
  const { items } = await listed(true);
  expect(items).toMatchObject([
    {
      id: "b",
      failed: true,
      failure: { reason: "incident_linked", incident: "i", recoverySeconds: 3 * 3_600 },
      reasons: [
        "failed: it was the project's latest successful production deployment before “incident i” (2026-03-04 12:00 UTC)",
      ],
    },
  ]);
  expect((await listed(false)).items.map(({ id }) => id)).toEqual(["a"]);
  expect((await listed()).items.map(({ id, failed }) => [id, failed])).toEqual([
    ["b", true],
    ["a", false],
  ]);
  expect((await readDevlakeMetrics(context, twoWeeks)).total.changeFailRate.failed).toBe(1);
});
