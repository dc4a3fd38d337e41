import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { dropHours, fillCells, refreshCells } from "@/lib/metrics/keep-cells";
import { markCells } from "@/lib/metrics/mark-cells";
import { readMetrics } from "@/lib/metrics/read-metrics";
import { deploymentRow } from "@/lib/metrics/testing";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  database = await testDatabase();
  const teams = [{ name: "payments", timezone: "Europe/Berlin" }];
  const clock = fixedClock("2026-03-20T12:00:00Z");
  context = await testContext(database, { teams }, { clock });
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const table of ["deployments", "metric_cells", "metric_places"] as const)
    await database.db.deleteFrom(table).execute();
});

const goOn = new AbortController().signal;
const place = { service: "checkout", team: "payments", environment: "production" };
const at = new Date("2026-03-03T12:00:00Z");

async function deploy(): Promise<void> {
  await database.db.transaction().execute(async (trx) => {
    await trx.insertInto("deployments").values(deploymentRow({ at })).execute();
    await markCells(trx, [{ ...place, at }]);
  });
}

async function counted(team?: string): Promise<number | undefined> {
  const { buckets } = await readMetrics(context, {
    from: new Date("2026-03-02T00:00:00Z"),
    to: new Date("2026-03-09T00:00:00Z"),
    bucket: "week",
    timezone: "UTC",
    scope: { services: [], teams: team ? [team] : [], environments: [] },
  });
  return buckets[0]?.deploymentFrequency.deployments;
}

const cells = (isClean: boolean) =>
  database.db
    .selectFrom("metric_cells")
    .innerJoin("metric_places", "id", "place_id")
    .select(["scope", "timezone", "period", "part"])
    .where(sql<boolean>`(not dirty and figures is not null)`, "=", isClean)
    .execute();

describe("keeping cells", () => {
  test("makes those of everything and of every team, in UTC and the teams' zones, of what has ended", async () => {
    await deploy();
    await fillCells(context, goOn);
    const kept = await cells(true);
    const places = new Set(kept.map(({ scope, timezone }) => `${scope} ${timezone}`));
    expect([...places].sort()).toEqual([
      "all Europe/Berlin",
      "all UTC",
      "team Europe/Berlin",
      "team UTC",
    ]);
    // 17 days and two weeks have ended, the month has not; each has its stages.
    expect(kept).toHaveLength(4 * 2 * (17 + 2));
    expect(await fillCells(context, goOn)).toBe(0);
    expect(await counted("payments")).toBe(1);
  });

  test("counts anew what was marked, and only that", async () => {
    await deploy();
    await fillCells(context, goOn);
    await deploy();
    const dirty = await cells(false);
    expect(dirty).toHaveLength(4 * 2 * 2);
    expect(await refreshCells(context, goOn)).toBe(dirty.length);
    expect(await cells(false)).toEqual([]);
    expect(await counted()).toBe(2);
  });

  test("counts a cut day by its hours, each anew where something came late, and once as a day", async () => {
    const cut = async () => {
      const { total } = await readMetrics(context, {
        from: new Date("2026-03-03T09:20:00Z"),
        to: new Date("2026-03-05T10:30:00Z"),
        bucket: "week",
        timezone: "UTC",
        scope: { services: [], teams: [], environments: [] },
        stages: true,
      });
      return total.deploymentFrequency;
    };
    const hours = async (isClean: boolean) =>
      (await cells(isClean)).filter(({ period }) => period === "hour").length;
    expect(await cut()).toMatchObject({ deployments: 0 });
    // 14 of the first day and 10 of the last, with their stages.
    expect(await hours(true)).toBe(2 * 24);
    await deploy();
    expect(await hours(false)).toBe(2);
    expect(await cut()).toMatchObject({ deployments: 1 });
    await database.db.transaction().execute(async (trx) => {
      for (const minute of [25, 95]) {
        const later = new Date(at.getTime() + minute * 60_000);
        await trx
          .insertInto("deployments")
          .values(deploymentRow({ at: later }))
          .execute();
        await markCells(trx, [{ ...place, at: later }]);
      }
    });
    const { deployments, deploymentDaysPerWeek } = await cut();
    expect(deployments).toBe(3);
    // One of the three days that the window touches.
    expect(deploymentDaysPerWeek).toBeCloseTo(7 / 3);
    expect(await hours(false)).toBe(0);
  });

  test("lets hours go when a place has those of many days", async () => {
    await deploy();
    const ask = (day: number) =>
      readMetrics(context, {
        from: new Date(Date.UTC(2026, 1, day, 1)),
        to: new Date(Date.UTC(2026, 1, day, 23)),
        bucket: "day",
        timezone: "UTC",
        scope: { services: [], teams: [], environments: [] },
      });
    const hours = async () => (await cells(true)).filter(({ period }) => period === "hour").length;
    for (let day = 1; day <= 22; day += 1) await ask(day);
    await dropHours(context);
    expect(await hours()).toBe(22 * 22);
    await ask(23);
    await dropHours(context);
    expect(await hours()).toBe(0);
    expect((await ask(1)).total.deploymentFrequency.deployments).toBe(0);
  });

  test("stops when it is told to", async () => {
    await deploy();
    expect(await fillCells(context, AbortSignal.abort())).toBe(0);
  });
});

describe("a marking that comes while cells are counted", () => {
  test("voids the count, and is not waited for", async () => {
    await deploy();
    expect(await counted()).toBe(1);
    await database.db.updateTable("metric_cells").set({ dirty: true }).execute();
    // The count stands still at releases, which it reads last, until we have deployed.
    const reading = await database.db.transaction().execute(async (blocker) => {
      await sql`lock table releases in access exclusive mode`.execute(blocker);
      const count = counted();
      await blocked();
      await deploy();
      return { count };
    });
    await reading.count;
    expect(await counted()).toBe(2);
  });
});

/** Resolves when somebody waits for the table that we hold. */
async function blocked(): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      select from pg_locks where not granted and relation = 'releases'::regclass
        and database = (select oid from pg_database where datname = current_database())`.execute(
      database.db,
    );
    if (rows.length > 0) return;
  }
}

describe("reading by names", () => {
  const days = {
    from: new Date("2025-03-02T00:00:00Z"),
    to: new Date("2026-03-09T00:00:00Z"),
    bucket: "day" as const,
    timezone: "UTC",
  };
  const scope = { services: [], teams: [], environments: [] };
  const places = () =>
    database.db
      .selectFrom("metric_places")
      .select(["scope", "scope_name", "environment", "timezone"])
      .execute();

  test("keeps nothing for names that nobody bears, and answers for the others", async () => {
    await deploy();
    const madeUp = Array.from({ length: 20 }, (_, index) => `made-up-${index}`);
    const none = await readMetrics(context, { ...days, scope: { ...scope, services: madeUp } });
    expect(none.total.deploymentFrequency.deployments).toBe(0);
    await readMetrics(context, { ...days, scope: { ...scope, environments: ["nowhere"] } });
    await readMetrics(context, { ...days, scope: { ...scope, teams: ["nobody"] } });
    expect(await places()).toEqual([]);
    const some = await readMetrics(context, {
      ...days,
      scope: { ...scope, services: ["checkout", ...madeUp] },
    });
    expect(some.total.deploymentFrequency.deployments).toBe(1);
    expect((await places()).map((kept) => kept.scope_name)).toEqual(["checkout"]);
  });

  test("keeps one set of cells for a zone, however it is spelt", async () => {
    await deploy();
    for (const timezone of ["Europe/Berlin", "europe/BERLIN", "EUROPE/berlin"])
      await readMetrics(context, { ...days, timezone, scope });
    expect((await places()).map(({ timezone }) => timezone)).toEqual(["Europe/Berlin"]);
  });
});
