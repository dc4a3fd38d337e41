import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { announce } from "@/lib/live/announce";
import { sequence } from "@/lib/live/sequence";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const positions = async () => {
  const rows = await database.db
    .selectFrom("live_positions")
    .select("position")
    .orderBy("position")
    .execute();
  return rows.map(({ position }) => position);
};

it("hands out positions without a gap, however many try at once", async () => {
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    for (let n = 0; n < 25; n += 1) {
      await announce(database.db, "change", { id: `${writer}-${n}` });
      await Promise.all([sequence(database.db), sequence(database.db)]);
    }
  });
  await Promise.all(writers);
  while ((await sequence(database.db)) > 0);
  expect(await positions()).toEqual(Array.from({ length: 150 }, (_, n) => n + 1));
});

it("leaves it to whoever is at it already", async () => {
  await announce(database.db, "change", { id: "waits" });
  const gate = gateway();
  const shut = gateway();
  // Locks the announcement, so that whoever hands out its position has to wait.
  const holder = database.db.transaction().execute(async (transaction) => {
    await transaction.selectFrom("live_outbox").selectAll().forUpdate().execute();
    shut.resolve();
    await gate.promise;
  });
  await shut.promise;
  const first = sequence(database.db);
  await advisoryLockTaken();
  expect(await sequence(database.db)).toBe(0);
  gate.resolve();
  await holder;
  expect(await first).toBe(1);
});

function gateway() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}

async function advisoryLockTaken(): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const { rows } = await sql`
      select from pg_locks join pg_database on pg_database.oid = pg_locks.database
      where datname = current_database() and locktype = 'advisory' and granted`.execute(
      database.db,
    );
    if (rows.length > 0) return;
  }
  throw new Error("nobody took the lock");
}

it("gives the rows of one transaction their order", async () => {
  await database.db.transaction().execute(async (transaction) => {
    await announce(transaction, "deployment", [{ id: "first" }, { id: "second" }]);
    await announce(transaction, "incident", { id: "third" });
  });
  await sequence(database.db);
  const rows = await database.db
    .selectFrom("live_positions")
    .select(["topic", "payload"])
    .orderBy("position", "desc")
    .limit(3)
    .execute();
  expect(rows.map(({ payload }) => payload.id)).toEqual(["third", "second", "first"]);
});
