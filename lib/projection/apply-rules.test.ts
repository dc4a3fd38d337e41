import { describe, expect, it } from "vitest";
import { digestTables } from "@/lib/facts/digest";
import { applyRules, followRules } from "@/lib/projection/apply-rules";
import {
  contextOver,
  deliver,
  deriveAll,
  forgetEverything,
  type ProjectionContext,
  settleAll,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { history, historyConfig } from "@/lib/projection/testing-history";

const database = projectionDatabase();
const forever = Number.POSITIVE_INFINITY;
const readProgress = () =>
  database.db
    .selectFrom("work_progress")
    .select(["phase", "done", "total"])
    .where("work", "=", "rules")
    .executeTakeFirst();

/** The history by the rules that it is about, and then as it is without any. */
async function toldWithoutRules(): Promise<{ after: ProjectionContext; expected: object }> {
  const { db } = database;
  const after = contextOver(db, historyConfig);
  await deliver(db, history);
  await settleAll(after);
  const expected = await digestTables(db);
  await forgetEverything(db);
  await db.deleteFrom("instance_settings").execute();

  const before = contextOver(db);
  expect(await applyRules(before, forever)).toBe("done");
  await deliver(db, history);
  await settleAll(before);
  expect((await digestTables(db)).deployments).not.toBe(
    (expected as Record<string, string>).deployments,
  );
  return { after, expected };
}

describe("changed rules", () => {
  it("give what they would have given from the beginning", async () => {
    const { after, expected } = await toldWithoutRules();
    expect(await applyRules(after, forever)).toBe("applied");
    await deriveAll(after);
    expect(await digestTables(database.db)).toEqual(expected);
    expect(await applyRules(after, forever)).toBe("done");
  });

  it("are applied in slices that go on after a stop, and tell how far they are", async () => {
    const { after, expected } = await toldWithoutRules();
    const seen: unknown[] = [];
    for (let step = "more"; step === "more"; ) {
      // No time at all is one batch a call: as if it were stopped after each.
      step = await applyRules(after, 0);
      seen.push(await readProgress());
    }
    expect(seen.length).toBeGreaterThan(4);
    expect(seen[0]).toMatchObject({ phase: "facts" });
    const streams = (seen.at(-1) as { total: number }).total;
    expect(seen.at(-1)).toEqual({ phase: "deriving", done: 0, total: streams });
    expect(streams).toBeGreaterThan(0);
    expect(await followRules(after)).toBe(true);
    await deriveAll(after);
    expect(await followRules(after)).toBe(false);
    expect(await readProgress()).toBeUndefined();
    expect(await digestTables(database.db)).toEqual(expected);
  });

  it("begin from the beginning where they change again meanwhile", async () => {
    const { after, expected } = await toldWithoutRules();
    const between = contextOver(database.db, { ...historyConfig, services: [] });
    await applyRules(between, 0);
    await applyRules(between, 0);
    for (let step = "more"; step === "more"; ) step = await applyRules(after, 0);
    await deriveAll(after);
    expect(await digestTables(database.db)).toEqual(expected);
  });
});
