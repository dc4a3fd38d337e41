import { beforeEach, expect, test } from "vitest";
import { fixedClock } from "@/lib/clock";
import { clock, native } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { startSloKeeper } from "@/lib/slo/keeper";
import { readSlos } from "@/lib/slo/read-slos";
import { testContext } from "@/lib/testing/context";

const database = projectionDatabase();
beforeEach(async () => {
  await database.db.deleteFrom("slo_cells").execute();
});
const context = () => testContext(database, {}, { clock: fixedClock(clock("3 12:00")) });

async function builds(): Promise<{ n?: number; good?: number }> {
  const { items } = await readSlos(await context(), { indicator: ["build_duration"] });
  return { n: items[0]?.n, good: items[0]?.good };
}

const build = (id: string, at: string, started: string, finished: string) =>
  native(at, {
    type: "build",
    id,
    name: "ci",
    repository: "acme/checkout",
    branch: "main",
    revision: id,
    status: "succeeded",
    startedAt: clock(started),
    finishedAt: clock(finished),
  });

test("a build told after its day was counted is in the figures, and so is what is put right of it", async () => {
  await database.told(build("one", "1 09:10", "1 09:00", "1 09:05"));
  expect(await builds()).toEqual({ n: 1, good: 1 });
  await database.told(build("two", "2 09:10", "1 10:00", "1 10:20"));
  expect(await builds()).toEqual({ n: 2, good: 1 });
  await database.told(build("one", "2 09:20", "2 09:00", "2 09:15"));
  expect(await builds()).toEqual({ n: 2, good: 0 });
});

test("the keeper counts what was marked before anybody asks, and lets go of days beyond every window", async () => {
  await database.told(build("one", "1 09:10", "1 09:00", "1 09:05"));
  await builds();
  await database.db
    .insertInto("slo_cells")
    .columns(["measure_id", "day", "dirty"])
    .expression((from) =>
      from
        .selectFrom("slo_measures")
        .select((row) => [
          "id as measure_id",
          row.val("2020-01-01").as("day"),
          row.val(false).as("dirty"),
        ])
        .limit(1),
    )
    .execute();
  await database.told(build("two", "2 09:10", "1 10:00", "1 10:20"));
  const dirty = () =>
    database.db.selectFrom("slo_cells").select("day").where("dirty", "=", true).execute();
  expect(await dirty()).toHaveLength(1);
  const keeper = startSloKeeper(await context());
  try {
    await expect.poll(dirty, { timeout: 10_000 }).toEqual([]);
    const old = () =>
      database.db.selectFrom("slo_cells").select("day").where("day", "=", "2020-01-01").execute();
    await expect.poll(old, { timeout: 10_000 }).toEqual([]);
  } finally {
    await keeper.close();
  }
  const kept = await database.db.selectFrom("slo_cells").select("n").where("n", ">", 0).execute();
  expect(kept).toEqual([{ n: 2 }]);
});
