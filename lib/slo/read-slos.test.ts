import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Config } from "@/lib/config";
import type { Context } from "@/lib/context";
import type { SloAnswer } from "@/lib/http/slo-answers";
import { deploymentRow, shipChanges } from "@/lib/metrics/testing";
import { indicators } from "@/lib/slo/indicators";
import { markDeploymentSlos, markRepositorySlos } from "@/lib/slo/mark-slo-cells";
import type { Objective } from "@/lib/slo/objective";
import { readBurnDown } from "@/lib/slo/read-burn-down";
import { readSlos } from "@/lib/slo/read-slos";
import { buildRow } from "@/lib/slo/testing";
import { testContext } from "@/lib/testing/context";

const now = "2026-03-20T10:17:31Z";
const service = (name: string, repository: string | null, team: string) => ({
  name,
  repository,
  team,
  dependsOn: [],
  paths: [],
  deployments: [],
});
const file: Partial<Config> = {
  teams: [
    { name: "payments", timezone: "UTC" },
    { name: "storefront", timezone: "UTC" },
  ],
  services: [
    service("checkout", "acme/checkout", "payments"),
    service("ledger", null, "payments"),
    service("web", "acme/web", "storefront"),
  ],
};

let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  database = await testDatabase();
  context = await at(now);
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const table of [
    "builds",
    "deployments",
    "deployment_changes",
    "slo_cells",
    "slo_measures",
    "main_branches",
    "main_breaks",
  ] as const)
    await database.db.deleteFrom(table).execute();
});

const at = (moment: string, slos: Objective[] = []) =>
  testContext(database, { ...file, slos }, { clock: fixedClock(moment) });
const minutesAgo = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000);
const day = 24 * 60;

async function insertBuilds(...rows: ReturnType<typeof buildRow>[]): Promise<void> {
  if (rows.length > 0) await database.db.insertInto("builds").values(rows).execute();
}

async function slo(id: string, asker = context): Promise<SloAnswer> {
  const indicator = indicators.filter((each) => id.startsWith(each));
  const { items } = await readSlos(asker, { indicator });
  const found = items.find((item) => item.id === id);
  if (!found) throw new Error(`There is no ${id} among ${items.map((item) => item.id).join(", ")}`);
  return found;
}

describe("readSlos", () => {
  test("answers the usual objectives for the whole and every team, null without events", async () => {
    const { items } = await readSlos(context, {});
    expect(items).toHaveLength(4 * 3);
    for (const item of items)
      expect(item).toMatchObject({ n: 0, attainment: null, budgetLeft: null, state: "no_data" });
    expect(items[0]).toMatchObject({
      id: "build_duration",
      scope: {},
      thresholdSeconds: 600,
      target: 0.9,
      windowDays: 28,
      objective: { scope: {}, origin: "default" },
    });
  });

  test("counts finished builds strictly under the threshold; canceled and unfinished ones not at all", async () => {
    await insertBuilds(
      buildRow(minutesAgo(10), 599),
      buildRow(minutesAgo(20), 600),
      buildRow(minutesAgo(30), 1000, { status: "failed" }),
      buildRow(minutesAgo(30), 9000, { status: "canceled" }),
      buildRow(minutesAgo(30), 9000, { status: "running", finished_at: null }),
      buildRow(minutesAgo(30), 30, { started_at: null }),
      buildRow(minutesAgo(28 * day), 60),
      buildRow(minutesAgo(28 * day + 1), 60),
      buildRow(new Date(now), 60),
    );
    expect(await slo("build_duration")).toMatchObject({ n: 4, good: 2, attainment: 0.5 });
    expect(await slo("build_duration:team:payments")).toMatchObject({ n: 4 });
    expect(await slo("build_duration:team:storefront")).toMatchObject({ n: 0 });
  });

  test("lets checks stand in for builds only where no run of their revision is known", async () => {
    await insertBuilds(
      buildRow(minutesAgo(5), 60, { revision: "one", fallback: true }),
      buildRow(minutesAgo(5), 60, { revision: "two", fallback: true }),
      buildRow(minutesAgo(4), 60, { revision: "two" }),
    );
    expect(await slo("build_duration")).toMatchObject({ n: 2 });
  });

  test("takes a service's repository from its deployments where its rule names none", async () => {
    await database.db
      .insertInto("deployments")
      .values(deploymentRow({ at: minutesAgo(60), service: "ledger", repository: "acme/ledger" }))
      .execute();
    await insertBuilds(buildRow(minutesAgo(5), 60, { repository: "acme/ledger" }));
    expect(await slo("build_duration:team:payments")).toMatchObject({ n: 1 });
  });

  test("measures deployments anywhere, rollbacks again on their own, and newly shipped changes", async () => {
    const shipped = deploymentRow({ at: minutesAgo(100), started_at: minutesAgo(101) });
    await database.db
      .insertInto("deployments")
      .values([
        shipped,
        deploymentRow({ at: minutesAgo(90), started_at: minutesAgo(95), kind: "rollback" }),
        deploymentRow({ at: minutesAgo(80), status: "failed", environment: "staging", kind: null }),
        deploymentRow({ at: minutesAgo(70), status: "canceled" }),
      ])
      .execute();
    await shipChanges(database.db, shipped, [60, 1800, 7200, null]);
    expect(await slo("deployment_duration:team:payments")).toMatchObject({ n: 3, good: 2 });
    expect(await slo("rollback_duration")).toMatchObject({ n: 1, good: 0 });
    expect(await slo("commit_to_production")).toMatchObject({ n: 3, good: 1 });
  });

  test("counts an open failure once it took too long, and a decision from the first sign", async () => {
    const failed = { failed: true, failure_reason: "rolled_back" };
    const remedies = JSON.stringify([
      { kind: "fix_forward", startedAt: minutesAgo(170).toISOString() },
      { kind: "rollback", startedAt: minutesAgo(160).toISOString() },
    ]);
    await database.db
      .insertInto("deployments")
      .values([
        deploymentRow({ at: minutesAgo(30), first_sign_at: minutesAgo(29), ...failed }),
        deploymentRow({ at: minutesAgo(90), first_sign_at: minutesAgo(89), ...failed }),
        deploymentRow({
          at: minutesAgo(200),
          first_sign_at: minutesAgo(180),
          failure_incident: "incident",
          restored_at: minutesAgo(150),
          recovery_seconds: 50 * 60,
          remedies,
          ...failed,
        }),
      ])
      .execute();
    const objectives = (["recovery", "rollback_decision"] as const).map(
      (indicator): Objective => ({
        indicator,
        scope: { kind: "all", name: "" },
        thresholdSeconds: indicator === "recovery" ? 3600 : 900,
        target: 0.9,
        windowDays: 28,
      }),
    );
    const asker = await at(now, objectives);
    expect(await slo("recovery", asker)).toMatchObject({ n: 2, good: 1 });
    expect(await slo("rollback_decision", asker)).toMatchObject({ n: 1, good: 0 });
  });

  test("is exact whatever was asked before and marked since", async () => {
    const events = fc.array(
      fc.record({
        minutes: fc.integer({ min: 1, max: 30 * day }),
        seconds: fc.integer({ min: 1, max: 1200 }),
        repository: fc.constantFrom("acme/checkout", "acme/web"),
      }),
      { minLength: 1, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(
        events,
        events,
        fc.integer({ min: 0, max: 5000 }),
        async (first, late, wait) => {
          await database.db.deleteFrom("builds").execute();
          await database.db.updateTable("slo_cells").set({ dirty: true }).execute();
          const rowsOf = (list: typeof first) =>
            list.map(({ minutes, seconds, repository }) =>
              buildRow(minutesAgo(minutes), seconds, { repository }),
            );
          await insertBuilds(...rowsOf(first));
          await readSlos(context, {});
          const added = rowsOf(late);
          await database.db.transaction().execute(async (trx) => {
            await trx.insertInto("builds").values(added).execute();
            const places = added.map(({ repository, finished_at }) => ({
              repository,
              at: finished_at as Date,
            }));
            await markRepositorySlos(trx, "build_duration", places);
          });
          const until = Date.parse(now) + wait * 60_000;
          const asker = await at(new Date(until).toISOString());
          for (const [id, repository] of [
            ["build_duration", null],
            ["build_duration:team:payments", "acme/checkout"],
          ] as const) {
            const inside = (seconds: number) =>
              [...first, ...late].filter((event) => {
                const moment = minutesAgo(event.minutes).getTime();
                const isOwn = repository === null || event.repository === repository;
                return isOwn && moment >= until - seconds * 1000 && moment < until;
              });
            const counted = (list: typeof first) => ({
              n: list.length,
              good: list.filter(({ seconds }) => seconds < 600).length,
            });
            const answer = await slo(id, asker);
            expect(answer).toMatchObject(counted(inside(28 * 86_400)));
            for (const { windowSeconds, shortWindowSeconds, n, shortN } of answer.burnRates)
              expect([n, shortN]).toEqual([
                inside(windowSeconds).length,
                inside(shortWindowSeconds).length,
              ]);
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  test("counts a deployment anew when derivation says something else of it", async () => {
    const row = deploymentRow({ id: "turned", at: minutesAgo(90), started_at: minutesAgo(95) });
    await database.db.insertInto("deployments").values(row).execute();
    expect(await slo("rollback_duration")).toMatchObject({ n: 0 });
    await database.db.transaction().execute(async (trx) => {
      await trx
        .updateTable("deployments")
        .set({ kind: "rollback" })
        .where("id", "=", "turned")
        .execute();
      await markDeploymentSlos(trx, [
        { service: "checkout", team: "payments", at: minutesAgo(90) },
      ]);
    });
    expect(await slo("rollback_duration")).toMatchObject({ n: 1 });
    expect(await slo("rollback_duration:team:payments")).toMatchObject({ n: 1 });
  });

  test("answers a burn-down whose steps add up to the window, as the list's", async () => {
    await insertBuilds(
      ...Array.from({ length: 40 }, (_, index) =>
        buildRow(minutesAgo(index * 997 + 3), index % 7 === 0 ? 900 : 60),
      ),
    );
    const { items } = await readSlos(context, { indicator: ["build_duration"], burnDown: true });
    const { points } = await readBurnDown(context, "build_duration");
    const [whole] = items;
    expect(points.reduce((sum, point) => sum + point.n, 0)).toBe(whole?.n);
    expect(points.at(-1)?.budgetLeft).toBe(whole?.budgetLeft);
    expect(whole?.burnDown).toEqual(points.map(({ budgetLeft }) => budgetLeft));
    expect(points).toHaveLength(29);
  });

  test("says where an objective comes from, and leaves out what is switched off", async () => {
    const named = (scope: Objective["scope"], thresholdSeconds: number | null): Objective => ({
      indicator: "build_duration",
      scope,
      thresholdSeconds,
      target: 0.95,
      windowDays: 7,
    });
    const asker = await at(now, [
      named({ kind: "team", name: "storefront" }, null),
      named({ kind: "service", name: "checkout" }, 300),
    ]);
    await insertBuilds(
      buildRow(minutesAgo(5), 400),
      buildRow(minutesAgo(5), 400, { repository: "acme/web" }),
    );
    const { items } = await readSlos(asker, { indicator: ["build_duration"] });
    expect(items.map(({ id, n, good }) => [id, n, good])).toEqual([
      ["build_duration", 1, 0],
      ["build_duration:team:payments", 1, 0],
      ["build_duration:service:checkout", 1, 0],
    ]);
    expect(items[1]?.objective).toEqual({ scope: {}, origin: "default" });
    expect(items[2]).toMatchObject({
      windowDays: 7,
      objective: { scope: { service: "checkout" }, origin: "pushline.yaml" },
    });
  });
});
