import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { firstDeliverySince } from "@/lib/ingest/first-delivery-since";
import { insertDeliveries } from "@/lib/ingest/insert-deliveries";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const minute = (number: number) => new Date(Date.UTC(2026, 0, 1, 0, number));

/** One a minute, in their order; answers their ids. */
async function deliver(from: number, to: number): Promise<number[]> {
  const ids: number[] = [];
  for (let number = from; number < to; number += 1) {
    const [stored] = await insertDeliveries(database.db, [
      {
        source: "github",
        provider: "github",
        event: "ping",
        dedupeKey: Buffer.from(`number ${number}`),
        headers: {},
        body: Buffer.from("{}"),
        receivedAt: minute(number),
      },
    ]);
    ids.push(Number(stored?.id));
  }
  return ids;
}

describe("firstDeliverySince", () => {
  it("is null where there is none", async () => {
    expect(await firstDeliverySince(database.db, minute(0))).toBeNull();
  });

  it("finds the first at or after each moment, over the gaps of ids that are gone", async () => {
    const ids = await deliver(0, 40);
    const gone = ids.filter((_, index) => index % 3 === 1 || (index > 10 && index < 20));
    await database.db.deleteFrom("deliveries").where("id", "in", gone).execute();
    for (const [index] of ids.entries()) {
      const left = ids.slice(index).find((id) => !gone.includes(id)) ?? null;
      expect(await firstDeliverySince(database.db, minute(index))).toBe(left);
    }
    expect(await firstDeliverySince(database.db, minute(40))).toBeNull();
  });
});
