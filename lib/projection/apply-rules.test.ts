import { expect, it } from "vitest";
import { digestTables } from "@/lib/facts/digest";
import { applyRules } from "@/lib/projection/apply-rules";
import {
  contextOver,
  deliver,
  deriveAll,
  forgetEverything,
  settleAll,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { history, historyConfig } from "@/lib/projection/testing-history";

const database = projectionDatabase();

it("other rules give what they would have given from the beginning", async () => {
  const { db } = database;
  const after = contextOver(db, historyConfig);
  await deliver(db, history);
  await settleAll(after);
  const expected = await digestTables(db);
  await forgetEverything(db);

  const before = contextOver(db);
  expect(await applyRules(before)).toBe(false);
  await deliver(db, history);
  await settleAll(before);
  expect((await digestTables(db)).deployments).not.toBe(expected.deployments);

  expect(await applyRules(after)).toBe(true);
  await deriveAll(after);
  expect(await digestTables(db)).toEqual(expected);
  expect(await applyRules(after)).toBe(false);
});
