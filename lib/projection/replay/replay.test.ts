import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { digest } from "@/lib/facts/digest";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { applyReplays } from "@/lib/projection/replay/apply-replays";
import { beginReplay } from "@/lib/projection/replay/begin-replay";
import { previewReplay } from "@/lib/projection/replay/preview-replay";
import {
  clock,
  contextOver,
  deliver,
  deriveAll,
  native,
  posted,
  projectAll,
  settleAll,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { history, historyConfig } from "@/lib/projection/testing-history";
import { startProjection } from "@/lib/projection/worker";
import type { Mapping } from "@/lib/sources/mapping-rules";
import { type DeliveryInput, UnreadableDelivery } from "@/lib/sources/reader";
import { configurableProviders } from "@/lib/sources/registry";

const database = projectionDatabase();
const forever = Number.POSITIVE_INFINITY;
const context = () => contextOver(database.db, historyConfig);
const begin = (source: string) =>
  database.db
    .transaction()
    .execute((trx) => beginReplay(trx, source, new Date("2026-11-21T12:00:00Z")));
const replayOf = (source: string) =>
  database.db.selectFrom("replays").selectAll().where("source", "=", source).executeTakeFirst();

beforeEach(async () => {
  for (const table of ["replays", "source_mappings", "work_progress"] as const)
    await database.db.deleteFrom(table).execute();
});
afterEach(() => vi.restoreAllMocks());

/** A reader with a fault: it takes successes for failures and cannot read releases. */
function breakReader(): void {
  const github = configurableProviders.find(({ name }) => name === "github");
  if (!github) throw new Error("GitHub is a provider.");
  const right = github.read;
  vi.spyOn(github, "read").mockImplementation((input: DeliveryInput) => {
    const text = Buffer.from(input.body).toString();
    if (text.includes('"state":"success"'))
      return right({
        ...input,
        body: Buffer.from(text.replace('"state":"success"', '"state":"failure"')),
      });
    if (input.headers["x-github-event"] === "push")
      throw new UnreadableDelivery("missing_field", "after", "a revision");
    return right(input);
  });
}

/** The history as the faulty reader took it, and the digest that the right one gives. */
async function toldWrongly(): Promise<{ expected: string }> {
  await deliver(database.db, history);
  await settleAll(context());
  const expected = await digest(database.db);
  breakReader();
  await begin("github");
  while ((await applyReplays(context(), forever)) === "more");
  await deriveAll(context());
  expect(await digest(database.db)).not.toBe(expected);
  vi.restoreAllMocks();
  return { expected };
}

describe("a reader that was put right", () => {
  it("is previewed: which deliveries and facts would change, and nothing does", async () => {
    await toldWrongly();
    const before = await digest(database.db);
    const preview = await previewReplay(database.db, "github", { atMost: 10_000 });
    const own = history.filter(({ source }) => source === "github");
    expect(preview).toMatchObject({ kept: own.length, looked: own.length });
    const pushes = own.filter(({ headers }) => headers["x-github-event"] === "push").length;
    const mended = preview.outcomes.find(({ from, to }) => from === "failed" && to === "accepted");
    expect(mended?.deliveries).toBeGreaterThan(pushes / 2);
    const of = (noun: string) => preview.changes.filter((change) => change.noun === noun);
    expect(of("commit").every(({ change }) => change === "appears")).toBe(true);
    expect(of("commit").length).toBeGreaterThan(0);
    expect(of("deployment")[0]).toMatchObject({
      change: "changes",
      members: expect.arrayContaining([{ name: "status", before: "failed", after: "succeeded" }]),
    });
    expect(await digest(database.db)).toBe(before);
    expect((await previewReplay(database.db, "github", { atMost: 3 })).looked).toBe(3);
    const many = Array.from({ length: 201 }, () => posted("many", "github", "10:00", {}));
    await deliver(database.db, many);
    await projectAll(context());
    const inTime = { atMost: 10_000, milliseconds: 0 };
    expect(await previewReplay(database.db, "many", inTime)).toMatchObject({
      kept: 201,
      looked: 200,
    });
  });

  it("is applied, and what it gives is what it would have given, and what a rebuild gives", async () => {
    const { expected } = await toldWrongly();
    await begin("github");
    expect(await applyReplays(context(), forever)).toBe("done");
    await deriveAll(context());
    expect(await digest(database.db)).toBe(expected);
    const rebuilt = await rebuild({ url: database.url, ...context(), log: () => undefined });
    expect(rebuilt).toMatchObject({ before: expected, after: expected });
    expect(await previewReplay(database.db, "github", { atMost: 10_000 })).toMatchObject({
      outcomes: [],
      changes: [],
    });
  });

  it("is applied in slices that go on after a stop, and tell how far they are", async () => {
    const { expected } = await toldWrongly();
    const more = Array.from({ length: 300 }, (_, index) => ({
      ...history[0],
      receivedAt: new Date(Date.parse(clock("10:00")) + index),
    })) as typeof history;
    await deliver(database.db, more);
    await settleAll(context());
    await begin("github");
    // No time at all is one batch a call: as if it were stopped after each.
    expect(await applyReplays(context(), 0)).toBe("more");
    const place = await replayOf("github");
    expect(place?.done).toBe(200);
    expect(
      await database.db.selectFrom("work_progress").selectAll().executeTakeFirst(),
    ).toMatchObject({ work: "replay", done: 200, place: { source: "github" } });
    while ((await applyReplays(context(), 0)) === "more");
    await deriveAll(context());
    expect(await digest(database.db)).toBe(expected);
    expect((await replayOf("github"))?.finished_at).not.toBeNull();
    expect(await database.db.selectFrom("work_progress").selectAll().execute()).toEqual([]);
  });

  it("touches no other source, and nothing that comes to the same", async () => {
    await deliver(database.db, history);
    await settleAll(context());
    const projected = () =>
      database.db.selectFrom("deliveries").select(["id", "projected_at"]).orderBy("id").execute();
    const before = await projected();
    await database.db.deleteFrom("live_outbox").execute();
    await begin("github");
    await applyReplays({ ...context(), clock: { now: () => new Date() } }, forever);
    expect(await projected()).toEqual(before);
    expect((await replayOf("github"))?.changed).toBe(0);
    const dirty = await database.db
      .selectFrom("streams")
      .select("service")
      .where("dirty_from", "is not", null)
      .execute();
    expect(dirty).toEqual([]);
  });

  it("by two workers at once is applied once", async () => {
    const { expected } = await toldWrongly();
    await begin("github");
    await Promise.all([applyReplays(context(), forever), applyReplays(context(), forever)]);
    await deriveAll(context());
    expect(await digest(database.db)).toBe(expected);
    const own = history.filter(({ source }) => source === "github").length;
    expect(await replayOf("github")).toMatchObject({ done: own, total: own });
  });
});

const mapped: Mapping = [
  {
    fact: {
      type: "deployment",
      id: "number",
      service: "app",
      environment: "'production'",
      revision: "commit",
      status: "ok ? 'succeeded' : 'failed'",
      finishedAt: "at",
    },
  },
];
const rollout = (number: number, ok: boolean) =>
  posted("train", "mapping", "10:30", {
    number,
    app: "web",
    commit: "abc1234",
    ok,
    at: clock("10:29"),
  });
const setMapping = (rules: Mapping) =>
  database.db
    .insertInto("source_mappings")
    .values({ source: "train", rules: JSON.stringify(rules), written: null, saved_at: new Date() })
    .onConflict((conflict) =>
      conflict.column("source").doUpdateSet({ rules: JSON.stringify(rules) }),
    )
    .execute();

describe("a mapping", () => {
  it("that a source gets later makes facts of what was kept", async () => {
    await deliver(database.db, [rollout(1, true), rollout(2, false)]);
    await projectAll(context());
    const preview = await previewReplay(database.db, "train", { draft: mapped, atMost: 100 });
    expect(preview.outcomes).toEqual([{ from: "ignored", to: "accepted", deliveries: 2 }]);
    expect(preview.changes.map(({ key, change }) => [key, change]).sort()).toEqual([
      ["train/1", "appears"],
      ["train/2", "appears"],
    ]);
    await setMapping(mapped);
    await begin("train");
    await applyReplays(context(), forever);
    await deriveAll(context());
    expect((await database.deployment("train", "2")).status).toBe("failed");
    const rebuilt = await rebuild({ url: database.url, ...context(), log: () => undefined });
    expect(rebuilt.after).toBe(rebuilt.before);
  });

  it("of pushline.yaml is taken over by the worker, and what was kept is read by it", async () => {
    const inFile = (mapping: Mapping) => {
      const proof = { auth: "bearer" as const, secrets: ["s"], username: null, header: null };
      return {
        ...historyConfig,
        sources: [{ name: "train", provider: "mapping", ...proof, mapping }],
      };
    };
    await deliver(database.db, [rollout(1, true)]);
    await settleAll(context());
    for (const version of ["'1.0'", "'2.0'"]) {
      const rules = mapped.map(({ fact }) => ({ fact: { ...fact, version } }));
      const worker = startProjection(contextOver(database.db, inFile(rules)), {
        log: () => undefined,
      });
      await worker.idle();
      await worker.close();
      expect(`'${(await database.deployment("train", "1")).version}'`).toBe(version);
    }
    const rebuilt = await rebuild({ url: database.url, ...context(), log: () => undefined });
    expect(rebuilt.after).toBe(rebuilt.before);
  });

  it("that changed meanwhile is what a rebuild ends with", async () => {
    await deliver(database.db, [rollout(1, true), native("10:00", { type: "none" })]);
    await setMapping(mapped);
    await settleAll(context());
    const other = mapped.map(({ fact }) => ({ fact: { ...fact, version: "'2.0'" } }));
    let changed: Promise<unknown> | null = null;
    await rebuild({
      url: database.url,
      ...context(),
      log: (line) => {
        // By then everything has been read by the old one.
        if (line.startsWith("Making")) changed ??= setMapping(other).then(() => begin("train"));
      },
    });
    await changed;
    expect((await database.deployment("train", "1")).version).toBe("2.0");
    await applyReplays(context(), forever);
    expect((await replayOf("train"))?.changed).toBe(0);
  });
});
