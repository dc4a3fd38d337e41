import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { markCells } from "@/lib/metrics/mark-cells";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const cell = (
  scope: string,
  scope_name: string,
  environment: string,
  timezone: string,
  bucket: string,
  starts_at: string,
) => ({ scope, scope_name, environment, timezone, bucket, starts_at: new Date(starts_at) });

const touched = [
  cell("all", "", "", "UTC", "day", "2026-03-29T00:00:00Z"),
  cell("all", "", "production", "UTC", "week", "2026-03-23T00:00:00Z"),
  cell("all", "", "", "UTC", "month", "2026-03-01T00:00:00Z"),
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
    const cells = [...touched, ...untouched].map((one) => ({
      ...one,
      dirty: false,
      figures: null,
    }));
    await db.insertInto("metric_cells").values(cells).execute();
    const place = {
      service: "web",
      team: "shop",
      environment: "production",
      at: new Date("2026-03-29T21:59:59.999Z"),
    };
    await db.transaction().execute((trx) => markCells(trx, [place]));
    const rows = await db
      .selectFrom("metric_cells")
      .select(["scope", "scope_name", "environment", "timezone", "bucket", "starts_at"])
      .where("dirty", "=", true)
      .execute();
    expect(rows).toHaveLength(touched.length);
    expect(rows).toEqual(expect.arrayContaining(touched));
  });
});
