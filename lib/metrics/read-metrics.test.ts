import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
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
  for (const table of ["deployments", "deployment_changes", "metric_cells", "releases"] as const)
    await database.db.deleteFrom(table).execute();
});

const at = (text: string) => new Date(text);
const twoWeeks: MetricsQuestion = {
  from: at("2026-03-02T00:00:00Z"),
  to: at("2026-03-16T00:00:00Z"),
  bucket: "week",
  timezone: "UTC",
  scope: { services: [], teams: [], environments: [] },
};

async function insert(...rows: ReturnType<typeof deploymentRow>[]): Promise<void> {
  await database.db.insertInto("deployments").values(rows).execute();
}

const failed = {
  failed: true,
  failure_reason: "rolled_back",
  restored_at: at("2026-03-03T12:10:12Z"),
  recovery_seconds: 612,
  held_by: "rollback",
  remedies: JSON.stringify([
    { kind: "fix_forward", deployment: "f", release: null, held: false },
    { kind: "rollback", deployment: "r", release: null, held: true },
  ]),
};

describe("readMetrics", () => {
  test("answers null, with n 0, where there is no data", async () => {
    const { total, buckets } = await readMetrics(context, twoWeeks);
    expect(total.leadTime).toMatchObject({ n: 0, p50Seconds: null, p90Seconds: null });
    expect(total.changeFailRate).toEqual({ n: 0, failed: 0, rate: null, interval: null });
    expect(total.recoveryTime).toEqual({ n: 0, open: 0, p50Seconds: null, p90Seconds: null });
    expect(total.reworkRate).toEqual({ n: 0, rework: 0, rate: null, interval: null });
    expect(total.remedies.rollbackFirst).toBeNull();
    expect(buckets).toHaveLength(2);
  });

  test("leaves rollbacks and redeploys out of the denominator, and out of the frequency", async () => {
    await insert(
      deploymentRow({ at: at("2026-03-03T12:00:00Z"), ...failed }),
      deploymentRow({ at: at("2026-03-03T12:05:00Z"), kind: "rollback", rework: true }),
      deploymentRow({ at: at("2026-03-04T12:00:00Z"), kind: "redeploy" }),
      deploymentRow({ at: at("2026-03-10T12:00:00Z"), kind: "fix_forward", rework: true }),
    );
    const { total } = await readMetrics(context, twoWeeks);
    expect(total.changeFailRate).toMatchObject({ n: 2, failed: 1, rate: 0.5 });
    expect(total.deploymentFrequency).toEqual({
      deployments: 2,
      perDay: 2 / 14,
      deploymentDaysPerWeek: 1,
    });
    expect(total.reworkRate).toMatchObject({ n: 4, rework: 2, rate: 0.5 });
    expect(total.recoveryTime).toEqual({ n: 1, open: 0, p50Seconds: 612, p90Seconds: 612 });
    expect(total.remedies).toEqual({
      rollback: 1,
      revert: 0,
      fix_forward: 0,
      flag_off: 0,
      none: 0,
      remedied: 1,
      rolledBackFirst: 0,
      rollbackFirst: 0,
      tried: { rollback: 1, revert: 0, fix_forward: 1, flag_off: 0 },
    });
  });

  test("tells of no more than seven days a week, however the window cuts its days", async () => {
    const days = Array.from({ length: 29 }, (_, day) =>
      deploymentRow({ at: new Date(Date.UTC(2026, 2, 1 + day, day === 28 ? 0 : 23)) }),
    );
    await insert(...days);
    const { total, buckets } = await readMetrics(context, {
      ...twoWeeks,
      from: at("2026-03-01T12:00:00Z"),
      to: at("2026-03-29T01:00:00Z"),
      bucket: "month",
    });
    expect(total.deploymentFrequency.deployments).toBe(29);
    for (const { deploymentFrequency } of [total, ...buckets])
      expect(deploymentFrequency.deploymentDaysPerWeek).toBe(7);
  });

  test("interpolates percentiles linearly over changes", async () => {
    const deployment = deploymentRow({ at: at("2026-03-03T12:00:00Z") });
    await insert(deployment);
    await shipChanges(database.db, deployment, [100, 200, 400, 1000, null]);
    const { total } = await readMetrics(context, twoWeeks);
    expect(total.leadTime).toMatchObject({ n: 4, p50Seconds: 300, p90Seconds: 820 });
  });

  test("covers tier production unless an environment is named; elsewhere nothing is judged", async () => {
    await insert(
      deploymentRow({ at: at("2026-03-03T12:00:00Z") }),
      deploymentRow({ at: at("2026-03-04T12:00:00Z"), environment: "staging", tier: "staging" }),
    );
    const production = await readMetrics(context, twoWeeks);
    const staging = await readMetrics(context, {
      ...twoWeeks,
      scope: { ...twoWeeks.scope, environments: ["staging"] },
    });
    expect(production.total.deploymentFrequency.deployments).toBe(1);
    expect(production.total.changeFailRate.n).toBe(1);
    expect(staging.total.deploymentFrequency.deployments).toBe(1);
    expect(staging.total.changeFailRate).toEqual({ n: 0, failed: 0, rate: null, interval: null });
  });

  test("holds what finished at from and not what finished at to", async () => {
    await insert(
      deploymentRow({ at: twoWeeks.from }),
      deploymentRow({ at: at("2026-03-09T00:00:00Z") }),
      deploymentRow({ at: twoWeeks.to }),
    );
    const { total, buckets } = await readMetrics(context, twoWeeks);
    expect(total.deploymentFrequency.deployments).toBe(2);
    expect(buckets.map((bucket) => bucket.deploymentFrequency.deployments)).toEqual([1, 1]);
  });

  test("counts a partial bucket only inside the window, so that totals are the sum", async () => {
    await insert(
      deploymentRow({ at: at("2026-03-02T01:00:00Z") }),
      deploymentRow({ at: at("2026-03-05T01:00:00Z") }),
    );
    const answer = await readMetrics(context, { ...twoWeeks, from: at("2026-03-04T00:00:00Z") });
    expect(
      answer.buckets.map((bucket) => [bucket.partial, bucket.deploymentFrequency.deployments]),
    ).toEqual([
      [true, 1],
      [false, 0],
    ]);
    expect(answer.total.deploymentFrequency.deployments).toBe(1);
  });

  test("counts an open failure apart, and its remedy not at all as held", async () => {
    await insert(deploymentRow({ at: at("2026-03-03T12:00:00Z"), failed: true, remedies: "[]" }));
    const { total } = await readMetrics(context, twoWeeks);
    expect(total.recoveryTime).toEqual({ n: 0, open: 1, p50Seconds: null, p90Seconds: null });
    expect(total.remedies.none).toBe(0);
  });

  test("recomputes a dirty cell and trusts a clean one", async () => {
    await insert(deploymentRow({ at: at("2026-03-03T12:00:00Z") }));
    await readMetrics(context, twoWeeks);
    await insert(deploymentRow({ at: at("2026-03-04T12:00:00Z") }));
    const firstWeek = async () =>
      (await readMetrics(context, twoWeeks)).buckets[0]?.deploymentFrequency.deployments;
    expect(await firstWeek()).toBe(1);
    await database.db.updateTable("metric_cells").set({ dirty: true }).execute();
    expect(await firstWeek()).toBe(2);
  });

  test("narrows to services and teams, several at once without cells", async () => {
    await database.db.deleteFrom("metric_places").execute();
    await insert(
      deploymentRow({ at: at("2026-03-03T12:00:00Z") }),
      deploymentRow({ at: at("2026-03-03T13:00:00Z"), service: "ledger" }),
      deploymentRow({ at: at("2026-03-03T14:00:00Z"), service: "web", team: "shop" }),
    );
    const count = async (scope: Partial<MetricsQuestion["scope"]>) =>
      (await readMetrics(context, { ...twoWeeks, scope: { ...twoWeeks.scope, ...scope } }))
        .buckets[0]?.deploymentFrequency.deployments;
    expect(await count({ services: ["checkout"] })).toBe(1);
    expect(await count({ services: ["checkout", "web"] })).toBe(2);
    expect(await count({ teams: ["payments"] })).toBe(2);
    const kept = await database.db.selectFrom("metric_places").select("scope").execute();
    expect(kept.map(({ scope }) => scope).sort()).toEqual(["service", "team"]);
  });

  test("counts an attempt at several failures with the oldest, so that buckets add up", async () => {
    await insert(
      deploymentRow({ at: at("2026-03-04T12:00:00Z"), ...failed }),
      deploymentRow({ at: at("2026-03-10T12:00:00Z"), ...failed }),
      deploymentRow({ at: at("2026-03-11T12:00:00Z"), ...failed, service: "ledger" }),
    );
    const { total, buckets } = await readMetrics(context, twoWeeks);
    const tried = [total, ...buckets].map(({ remedies }) => remedies.tried.rollback);
    expect(tried).toEqual([2, 1, 1]);
    const later = await readMetrics(context, { ...twoWeeks, from: at("2026-03-09T00:00:00Z") });
    expect(later.total.remedies.tried.rollback).toBe(1);
  });

  test("compares with the window of the same calendar length before", async () => {
    await insert(
      deploymentRow({ at: at("2026-02-20T12:00:00Z") }),
      deploymentRow({ at: at("2026-02-21T12:00:00Z") }),
      deploymentRow({ at: at("2026-03-03T12:00:00Z") }),
    );
    const { previous } = await readMetrics(context, { ...twoWeeks, compare: "previous" });
    expect(previous).toMatchObject({
      from: "2026-02-16T00:00:00.000Z",
      to: "2026-03-02T00:00:00.000Z",
      total: { deploymentFrequency: { deployments: 2 } },
    });
  });

  test("tells the stages exactly of a bucket and within 1 % of the total, and says so", async () => {
    const deployment = deploymentRow({
      at: at("2026-03-03T12:00:00Z"),
      ...failed,
      detect_seconds: 100,
      decide_seconds: null,
      remedy_seconds: 500,
      confirm_seconds: 12,
    });
    await insert(deployment);
    await shipChanges(database.db, deployment, [100, null]);
    await database.db
      .updateTable("deployment_changes")
      .set({ review_seconds: 777, deploy_seconds: 0 })
      .execute();
    const { total, buckets } = await readMetrics(context, { ...twoWeeks, stages: true });
    expect(buckets[0]?.leadTime.stages).toMatchObject({
      coding: { n: 0, p50Seconds: null, p90Seconds: null },
      review: { n: 1, p50Seconds: 777, p90Seconds: 777 },
      deploy: { n: 1, p50Seconds: 0 },
    });
    expect(buckets[0]?.recoveryTime.stages).toMatchObject({
      detect: { n: 1, p50Seconds: 100 },
      decide: { n: 0, p50Seconds: null },
    });
    const review = total.leadTime.stages?.review;
    expect(review).toMatchObject({ n: 1, errorAtMost: 0.01 });
    expect(Math.abs((review?.p50Seconds ?? 0) - 777)).toBeLessThan(7.77);
    expect(total.leadTime.stages?.deploy.p90Seconds).toBe(0);
  });

  test("rates attempts that ended, canceled ones aside", async () => {
    await insert(
      deploymentRow({ at: at("2026-03-03T12:00:00Z") }),
      deploymentRow({ at: at("2026-03-03T13:00:00Z"), status: "failed", completed: false }),
      deploymentRow({ at: at("2026-03-03T14:00:00Z"), status: "canceled", completed: false }),
    );
    const { total } = await readMetrics(context, twoWeeks);
    expect(total.deploymentSuccess).toEqual({ n: 2, succeeded: 1, rate: 0.5 });
  });

  test("pools services over years: buckets say their bound, totals stay exact", async () => {
    const services = ["checkout", "ledger", "web"];
    for (const [index, service] of services.entries()) {
      const deployment = deploymentRow({ at: at("2026-03-03T12:00:00Z"), service });
      await insert(deployment);
      await shipChanges(database.db, deployment, [100, 200 + index, 1_000 * (index + 1)]);
    }
    const { total, buckets } = await readMetrics(context, {
      ...twoWeeks,
      from: at("2023-03-01T00:00:00Z"),
      bucket: "month",
      scope: { ...twoWeeks.scope, services },
    });
    expect(total.leadTime).toMatchObject({ n: 9, p50Seconds: 201 });
    expect(total.leadTime).not.toHaveProperty("errorAtMost");
    expect(total.deploymentFrequency.deploymentDaysPerWeek).toBeCloseTo(7 / 1_111, 6);
    const february = buckets.at(-2);
    expect(february?.leadTime).toMatchObject({ n: 0, p50Seconds: null });
    const whole = await readMetrics(context, {
      ...twoWeeks,
      from: at("2023-03-01T00:00:00Z"),
      to: at("2026-04-01T00:00:00Z"),
      bucket: "month",
      scope: { ...twoWeeks.scope, services },
    });
    const march = whole.buckets.at(-1);
    expect(march?.leadTime).toMatchObject({ n: 9, errorAtMost: 0.01 });
    expect(Math.abs((march?.leadTime.p50Seconds ?? 0) - 201)).toBeLessThan(2.01);
    expect(march?.deploymentFrequency.deployments).toBe(3);
    expect(march?.deploymentFrequency.deploymentDaysPerWeek).toBeCloseTo(7 / 31, 6);
  });

  test("refuses an empty window and one of too many buckets", async () => {
    await expect(readMetrics(context, { ...twoWeeks, to: twoWeeks.from })).rejects.toMatchObject({
      code: "invalid_field",
    });
    await expect(
      readMetrics(context, { ...twoWeeks, from: at("2010-01-01T00:00:00Z"), bucket: "day" }),
    ).rejects.toMatchObject({ code: "range_too_large" });
  });
});
