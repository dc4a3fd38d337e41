import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { digest } from "@/lib/facts/digest";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { applyReplays } from "@/lib/projection/replay/apply-replays";
import { beginReplay } from "@/lib/projection/replay/begin-replay";
import { saveMapping } from "@/lib/projection/replay/save-mapping";
import { clock, contextOver, deliver, posted, settleAll } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { history, historyConfig } from "@/lib/projection/testing-history";
import { startProjection } from "@/lib/projection/worker";
import type { Mapping } from "@/lib/sources/mapping-rules";
import { UnfinishedReading } from "@/lib/sources/reader";
import { configurableProviders } from "@/lib/sources/registry";

const database = projectionDatabase();
const context = () => contextOver(database.db, historyConfig);
const lines: string[] = [];
const start = () => startProjection(context(), { log: (line) => lines.push(line) });
const provider = configurableProviders.find(({ name }) => name === "mapping");
const really = provider?.readBy;
if (!provider || !really) throw new Error("Mappings are read by rules.");

beforeEach(async () => {
  lines.length = 0;
  for (const table of ["replays", "source_mappings", "work_progress"] as const)
    await database.db.deleteFrom(table).execute();
});
afterEach(() => vi.restoreAllMocks());

const rules = (version: string): Mapping => [
  {
    fact: {
      type: "deployment",
      id: "number",
      service: "'trains'",
      environment: "'production'",
      revision: "'abc1234'",
      version,
      status: "'succeeded'",
      finishedAt: "$receivedAt",
    },
  },
];
const save = (source: string, version = "'1.0'") =>
  database.db
    .transaction()
    .execute((trx) =>
      saveMapping(trx, source, { rules: rules(version), written: null, savedAt: new Date() }),
    );
const sent = (source: string, number: number) =>
  posted(source, "mapping", "10:30", { number, at: clock("10:29") });
const numbers = (from: number, upto: number) =>
  Array.from({ length: upto - from + 1 }, (_, index) => from + index);
/** One after the other: in that order they are read. */
const arrive = async (source: string, from: number, upto: number) => {
  for (const number of numbers(from, upto)) await deliver(database.db, [sent(source, number)]);
};
const outcomes = async (source: string) =>
  (
    await database.db
      .selectFrom("deliveries")
      .select("outcome")
      .where("source", "=", source)
      .orderBy("id")
      .execute()
  ).map(({ outcome }) => outcome);

/** What mappings do meanwhile: each reading is told, and begins when `before` is over. */
function watched(before: (source: string, number: number) => Promise<void> | void) {
  const read: string[] = [];
  vi.spyOn(provider as { readBy: NonNullable<typeof really> }, "readBy").mockImplementation(
    async (input, mapping, isTrial) => {
      const { number } = JSON.parse(Buffer.from(input.body).toString());
      read.push(`${input.source} ${number}`);
      await before(input.source, number);
      if (!really) throw new Error("It is there.");
      return really(input, mapping, isTrial);
    },
  );
  return read;
}

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const endless = () => {
  throw new UnfinishedReading("Its mapping had to be stopped after 10 seconds.");
};

describe("a mapping that takes its time", () => {
  it("holds up nobody else: what others send is projected while it still works", async () => {
    await deliver(database.db, history);
    await settleAll(context());
    const expected = (await outcomes("github")).length;
    await database.db.deleteFrom("statements").execute();
    await database.db.updateTable("deliveries").set({ outcome: "pending" }).execute();
    await save("slow");
    await deliver(database.db, [sent("slow", 1)]);
    const { opened, open } = gate();
    const read = watched(() => opened);
    const worker = start();
    await vi.waitUntil(() => read.length > 0, { timeout: 20_000 });
    worker.wake();
    await vi.waitUntil(async () => !(await outcomes("github")).includes("pending"), {
      timeout: 60_000,
      interval: 50,
    });
    expect(await outcomes("github")).toHaveLength(expected);
    expect(await outcomes("slow")).toEqual(["pending"]);
    open();
    await worker.idle();
    expect(await outcomes("slow")).toEqual(["accepted"]);
    await worker.close();
    const rebuilt = await rebuild({ url: database.url, ...context(), log: () => undefined });
    expect(rebuilt.after).toBe(rebuilt.before);
  });

  it("leaves each other mapping its turn", async () => {
    await save("quick");
    await save("first");
    await arrive("first", 1, 3);
    const read = watched(async (source, number) => {
      if (source === "quick") return;
      if (number === 1) await arrive("quick", 1, 1);
      // Longer than a turn, whatever else the machine does.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
    });
    const worker = start();
    await worker.idle();
    await worker.close();
    expect(read).toEqual(["first 1", "quick 1", "first 2", "first 3"]);
  });

  it("was changed meanwhile: what it came to by the old rules is nowhere", async () => {
    await save("train", "'old'");
    await deliver(database.db, [sent("train", 1)]);
    const { opened, open } = gate();
    const read = watched(() => opened);
    const worker = start();
    await vi.waitUntil(() => read.length > 0, { timeout: 20_000 });
    await save("train", "'new'");
    open();
    await worker.idle();
    await worker.close();
    expect((await database.deployment("train", "1")).version).toBe("new");
    expect(await outcomes("train")).toEqual(["accepted"]);
  });

  it("is left at the end of the process, and another takes it up", async () => {
    await save("train");
    await deliver(database.db, [sent("train", 1), sent("train", 2)]);
    const read = watched(() => new Promise(() => undefined));
    const worker = start();
    await vi.waitUntil(() => read.length > 0, { timeout: 20_000 });
    await worker.close();
    expect(lines).toEqual([]);
    expect(await outcomes("train")).toEqual(["pending", "pending"]);
    vi.restoreAllMocks();
    const next = start();
    await next.idle();
    await next.close();
    expect(await outcomes("train")).toEqual(["accepted", "accepted"]);
  });

  it("is run once for each delivery by two processes at once", async () => {
    await save("one");
    await save("two");
    const read = watched(() => undefined);
    const workers = [start(), start()];
    for (const number of numbers(1, 20)) {
      await deliver(database.db, [sent("one", number), sent("two", number)]);
      for (const worker of workers) worker.wake();
    }
    await Promise.all(workers.map((worker) => worker.idle()));
    await Promise.all(workers.map((worker) => worker.close()));
    expect([...read].sort()).toEqual([...new Set(read)].sort());
    expect(read).toHaveLength(40);
    const rebuilt = await rebuild({ url: database.url, ...context(), log: () => undefined });
    expect(rebuilt.after).toBe(rebuilt.before);
  });
});

describe("a mapping that a clock ended", () => {
  it("fails no delivery: it waits with its reason, and the others are read", async () => {
    await save("train");
    await arrive("train", 1, 4);
    const read = watched((_, number) => (number === 2 ? endless() : undefined));
    const worker = start();
    await worker.idle();
    await worker.close();
    expect(await outcomes("train")).toEqual(["accepted", "pending", "accepted", "accepted"]);
    expect(read.filter((one) => one === "train 2")).toHaveLength(1);
    const waiting = await database.db
      .selectFrom("deliveries")
      .select(["error_code", "error"])
      .where("outcome", "=", "pending")
      .executeTakeFirst();
    expect(waiting).toEqual({
      error_code: "unfinished",
      error: "Its mapping had to be stopped after 10 seconds.",
    });
    vi.restoreAllMocks();
    const next = start();
    await next.idle();
    await next.close();
    expect((await database.deployment("train", "2")).status).toBe("succeeded");
  });

  it("rests after three in a row, and others are read", async () => {
    await save("bad");
    await save("good");
    await arrive("bad", 1, 6);
    await arrive("good", 1, 1);
    const read = watched((source) => (source === "bad" ? endless() : undefined));
    const worker = start();
    await worker.idle();
    await worker.close();
    expect(read.sort()).toEqual(["bad 1", "bad 2", "bad 3", "good 1"]);
    expect(await outcomes("good")).toEqual(["accepted"]);
  });

  it("takes nothing back when kept deliveries are read again, and a rebuild takes them over", async () => {
    await save("train");
    await arrive("train", 1, 6);
    await settleAll(context());
    const expected = await digest(database.db);
    const read = watched((_, number) => (number > 1 ? endless() : undefined));
    const rebuilt = await rebuild({
      url: database.url,
      ...context(),
      log: (line) => lines.push(line),
    });
    expect(rebuilt).toMatchObject({ before: expected, after: expected });
    expect(lines).toContainEqual(expect.stringMatching(/^Took over 5 deliveries/));
    expect(read).toEqual(["train 1", "train 2", "train 3", "train 4"]);
    expect(await outcomes("train")).toEqual(Array(6).fill("accepted"));

    await database.db
      .transaction()
      .execute((trx) => beginReplay(trx, "train", new Date("2026-11-21T12:00:00Z")));
    expect(await applyReplays(context(), Number.POSITIVE_INFINITY)).toBe("done");
    expect(await outcomes("train")).toEqual(["accepted", ...Array(5).fill("pending")]);
    expect(await digest(database.db)).toBe(expected);
    const again = await rebuild({ url: database.url, ...context(), log: () => undefined });
    expect(again).toMatchObject({ before: expected, after: expected });

    vi.restoreAllMocks();
    await settleAll(context());
    expect(await outcomes("train")).toEqual(Array(6).fill("accepted"));
    expect(await digest(database.db)).toBe(expected);
  });
});
