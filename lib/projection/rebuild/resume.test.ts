import { sql } from "kysely";
import { describe, expect, it, vi } from "vitest";
import { digest } from "@/lib/facts/digest";
import { pullRequestKey } from "@/lib/facts/keys";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { contextOver, deliver, posted, settleAll } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { history, historyConfig } from "@/lib/projection/testing-history";
import type { Reader, Reading } from "@/lib/sources/reader";

/** A provider whose statement Postgres refuses, as no reader of ours should make one. */
vi.mock(import("@/lib/sources/registry"), async (original) => {
  const registry = await original();
  return {
    ...registry,
    providerNamed: (name: string) =>
      name === "overflowing" || name === "sound"
        ? ({ name, read: () => readAdditions(name) } as unknown as Reader)
        : registry.providerNamed(name),
  };
});

function readAdditions(name: "overflowing" | "sound"): Reading {
  const repository = "acme/checkout";
  const number = 77;
  return {
    outcome: "read",
    event: "pull_request",
    statements: [
      {
        noun: "pull_request",
        key: pullRequestKey(repository, number),
        asOf: name === "sound" ? "2026-11-02T08:00:00.000Z" : "2026-11-02T09:00:00.000Z",
        members: { repository, number, additions: name === "sound" ? 5 : 5_000_000_000 },
      },
    ],
  };
}

const database = projectionDatabase();
const context = () => contextOver(database.db, historyConfig);
const again = (log: (line: string) => void, more: { anew?: boolean } = {}) =>
  rebuild({ url: database.url, ...context(), log, ...more });
const left = () =>
  sql`select from pg_namespace where nspname = 'pushline_next'`.execute(database.db);

/** Ends a rebuild at the first line that begins so. */
async function stopAt(beginning: string): Promise<void> {
  const stop = (line: string) => {
    if (line.startsWith(beginning)) throw new Error("stopped");
  };
  await expect(again(stop)).rejects.toThrow("stopped");
}

describe("a rebuild that was stopped", () => {
  for (const [phase, beginning, unread] of [
    ["reading", "Reading", history.length],
    ["making facts", "Making", 0],
    ["deriving", "Deriving", 0],
    ["swapping", "Caught", 0],
  ] as const)
    it(`while ${phase} goes on there, and ends with what was live`, async () => {
      await deliver(database.db, history);
      await settleAll(context());
      const live = await digest(database.db);
      await stopAt(beginning);
      expect((await left()).rows).toHaveLength(1);
      expect(await digest(database.db)).toBe(live);

      const lines: string[] = [];
      const rebuilt = await again((line) => lines.push(line));
      expect(lines[0]).toBe("Going on where a rebuild was stopped.");
      expect(rebuilt).toMatchObject({ deliveries: unread, before: live, after: live });
      expect((await left()).rows).toEqual([]);
    });

  it("takes along what was delivered since", async () => {
    await deliver(database.db, history.slice(0, 40));
    await settleAll(context());
    await stopAt("Deriving");
    await deliver(database.db, history.slice(40));
    await settleAll(context());
    const live = await digest(database.db);
    expect(await again(() => undefined)).toMatchObject({ before: live, after: live });
  });

  it("begins again under other code or rules, and where it is asked to", async () => {
    await deliver(database.db, history);
    await settleAll(context());
    await stopAt("Deriving");
    await sql`update pushline_next.rebuilding set fingerprint = 'of older code'`.execute(
      database.db,
    );
    expect(await again(() => undefined)).toMatchObject({ deliveries: history.length });
    await stopAt("Deriving");
    expect(await again(() => undefined, { anew: true })).toMatchObject({
      deliveries: history.length,
    });
  });
});

it("a rebuild quarantines what the database refuses, and nothing beside it", async () => {
  await deliver(database.db, history);
  await deliver(database.db, [posted("test", "sound", "08:00", {})]);
  await settleAll(context());
  const [refused] = await deliver(database.db, [posted("test", "overflowing", "09:00", {})]);
  await settleAll(context());
  const outcomes = () =>
    database.db
      .selectFrom("deliveries")
      .select(["id", "outcome", "error_code"])
      .orderBy("id")
      .execute();
  const before = await outcomes();
  expect(before.find(({ id }) => id === refused)).toMatchObject({
    outcome: "failed",
    error_code: "fact_refused",
  });
  const live = await digest(database.db);
  expect(await again(() => undefined)).toMatchObject({ before: live, after: live });
  expect(await outcomes()).toEqual(before);
});
