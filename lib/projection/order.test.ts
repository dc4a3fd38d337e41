import fc from "fast-check";
import { expect, it } from "vitest";
import { digest, digestTables } from "@/lib/facts/digest";
import {
  contextOver,
  deliver,
  deriveAll,
  forgetEverything,
  projectAll,
  settleAll,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { history, historyConfig } from "@/lib/projection/testing-history";

const database = projectionDatabase();

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
    repeated: fc.subarray(everything, { maxLength: 10 }),
    atOnce: fc.integer({ min: 1, max: 40 }),
    /** Parts derived one after the other; the last few deliveries each by itself. */
    parts: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
    single: fc.integer({ min: 4, max: 12 }),
  });
  const property = fc.asyncProperty(arrival, async (run) => {
    await forgetEverything(db);
    const sent = [...run.repeated, ...run.order].flatMap((index) => history[index] ?? []);
    const last = sent.splice(-run.single);
    const size = Math.ceil(sent.length / run.parts.length);
    for (const [index, derives] of run.parts.entries()) {
      await deliver(db, sent.slice(index * size, (index + 1) * size));
      await projectAll(context, run.atOnce);
      if (derives) await deriveAll(context);
    }
    for (const delivery of last) {
      await deliver(db, [delivery]);
      await settleAll(context);
    }
    expect(await digestTables(db)).toEqual(expected);
  });
  await fc.assert(property, { numRuns: 15, seed: 20261121, endOnFailure: true });
  expect(await digest(db)).toMatch(/^[0-9a-f]{64}$/);
}, 240_000);
