import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { digest, digestTables } from "@/lib/facts/digest";
import {
  contextOver,
  deliver,
  deriveAll,
  forgetEverything,
  projectAll,
  settleAll,
} from "@/lib/projection/testing";
import { history, historyConfig } from "@/lib/projection/testing-history";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it("the same deliveries give the same facts in any order, repeated, and derived in between", async () => {
  const { db } = database;
  const context = contextOver(db, historyConfig);
  await deliver(db, history);
  await settleAll(context);
  const expected = await digestTables(db);
  expect(new Set(Object.values(expected)).size).toBeGreaterThan(10);

  const everything = history.map((_, index) => index);
  const arrival = fc.record({
    order: fc.shuffledSubarray(everything, { minLength: everything.length }),
    repeated: fc.subarray(everything, { maxLength: 20 }),
    atOnce: fc.integer({ min: 1, max: 40 }),
    // After each part: only project, or derive as well.
    derives: fc.array(fc.boolean(), { minLength: 3, maxLength: 6 }),
  });
  const property = fc.asyncProperty(arrival, async ({ order, repeated, atOnce, derives }) => {
    await forgetEverything(db);
    const sent = [...order, ...repeated].flatMap((index) => history[index] ?? []);
    const part = Math.ceil(sent.length / derives.length);
    for (const [index, derive] of derives.entries()) {
      await deliver(db, sent.slice(index * part, (index + 1) * part));
      await projectAll(context, atOnce);
      if (derive) await deriveAll(context);
    }
    await settleAll(context);
    expect(await digestTables(db)).toEqual(expected);
  });
  await fc.assert(property, { numRuns: 12, seed: 20261121, endOnFailure: true });
  expect(await digest(db)).toMatch(/^[0-9a-f]{64}$/);
}, 120_000);
