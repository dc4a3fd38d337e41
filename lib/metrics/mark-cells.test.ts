import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { cellsLock, markCells, markEveryCell } from "@/lib/metrics/mark-cells";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const ends = { day: "1 day", week: "7 days", month: "1 month" };
const cell = (
  scope: string,
  scope_name: string,
  environment: string,
  timezone: string,
  period: keyof typeof ends,
  starts_at: string,
  part = "tally",
) => ({ scope, scope_name, environment, timezone, period, starts_at: new Date(starts_at), part });
type Cell = ReturnType<typeof cell>;

async function keep(cells: readonly Cell[]): Promise<void> {
  for (const { scope, scope_name, environment, timezone, period, starts_at, part } of cells) {
    const place = { scope, scope_name, environment, timezone };
    await sql`
      insert into metric_places (scope, scope_name, environment, timezone)
      values (${scope}, ${scope_name}, ${environment}, ${timezone}) on conflict do nothing`.execute(
      database.db,
    );
    const { id } = await database.db
      .selectFrom("metric_places")
      .select("id")
      .where((where) => where.and(place))
      .executeTakeFirstOrThrow();
    await sql`
      insert into metric_cells (place_id, part, period, starts_at, ends_at, dirty, figures)
      values (${id}, ${part}, ${period}, ${starts_at}, (${starts_at}::timestamptz
        at time zone ${timezone} + ${ends[period]}::interval) at time zone ${timezone}, false, '[]')`.execute(
      database.db,
    );
  }
}

const touched = [
  cell("all", "", "", "UTC", "day", "2026-03-29T00:00:00Z"),
  cell("all", "", "production", "UTC", "week", "2026-03-23T00:00:00Z"),
  cell("all", "", "", "UTC", "month", "2026-03-01T00:00:00Z"),
  cell("all", "", "", "UTC", "month", "2026-03-01T00:00:00Z", "stages"),
  // Berlin's summer began that night: its day has 23 hours and ends at 22:00 UTC.
  cell("all", "", "", "Europe/Berlin", "day", "2026-03-28T23:00:00Z"),
  cell("team", "shop", "", "UTC", "day", "2026-03-29T00:00:00Z"),
  cell("service", "web", "production", "UTC", "day", "2026-03-29T00:00:00Z"),
];
const untouched = [
  cell("all", "", "", "UTC", "day", "2026-03-28T00:00:00Z"),
  cell("all", "", "", "UTC", "day", "2026-03-30T00:00:00Z"),
  cell("all", "", "", "Europe/Berlin", "day", "2026-03-29T22:00:00Z"),
  cell("all", "", "staging", "UTC", "day", "2026-03-29T00:00:00Z"),
  cell("team", "other", "", "UTC", "day", "2026-03-29T00:00:00Z"),
  cell("service", "api", "", "UTC", "day", "2026-03-29T00:00:00Z"),
];

describe("marking a place", () => {
  it("marks the cells it falls into, in every bucket and zone, and no other", async () => {
    const { db } = database;
    await keep([...touched, ...untouched]);
    const place = {
      service: "web",
      team: "shop",
      environment: "production",
      at: new Date("2026-03-29T21:59:59.999Z"),
    };
    await db.transaction().execute((trx) => markCells(trx, [place]));
    const rows = await db
      .selectFrom("metric_cells")
      .innerJoin("metric_places", "id", "place_id")
      .select(["scope", "scope_name", "environment", "timezone", "period", "starts_at", "part"])
      .where("dirty", "=", true)
      .execute();
    expect(rows).toHaveLength(touched.length);
    expect(rows).toEqual(expect.arrayContaining(touched));
  });
});

it("marks every cell at once, and lets nobody claim one until that is committed", async () => {
  const { db } = database;
  await keep([cell("all", "", "", "Asia/Tokyo", "day", "2026-03-29T15:00:00Z")]);
  const canClaim = async () => {
    const { rows } = await sql<{ can: boolean }>`
      select pg_try_advisory_xact_lock(${cellsLock}) as can`.execute(db);
    return rows[0]?.can;
  };
  await db.transaction().execute(async (trx) => {
    await markEveryCell(trx);
    expect(await canClaim()).toBe(false);
  });
  expect(await canClaim()).toBe(true);
  const clean = await db.selectFrom("metric_cells").select("period").where("dirty", "=", false);
  expect(await clean.execute()).toEqual([]);
});
