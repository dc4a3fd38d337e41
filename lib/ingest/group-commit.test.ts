import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { dedupeKey, type NewDelivery } from "@/lib/ingest/delivery";
import { GroupCommit } from "@/lib/ingest/group-commit";
import { insertDeliveries } from "@/lib/ingest/insert-deliveries";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

function delivery(id: string, changes: Partial<NewDelivery> = {}): NewDelivery {
  const source = changes.source ?? "github";
  return {
    source,
    provider: "github",
    event: "push",
    dedupeKey: dedupeKey(source, id),
    headers: {},
    body: Buffer.from(`body of ${id}`),
    receivedAt: new Date("2026-01-31T09:00:00Z"),
    ...changes,
  };
}

/** Counts the statements and their rows on the way to the real table. */
function watched() {
  const sizes: number[] = [];
  const running = { now: 0, most: 0 };
  let notices = 0;
  const commit = new GroupCommit(
    async (rows) => {
      sizes.push(rows.length);
      running.now += 1;
      running.most = Math.max(running.most, running.now);
      try {
        return await insertDeliveries(database.db, rows);
      } finally {
        running.now -= 1;
      }
    },
    () => {
      notices += 1;
    },
  );
  return { commit, sizes, running, notices: () => notices };
}

describe("GroupCommit", () => {
  it("puts what arrives meanwhile into the next statement, at most 50 rows and 4 at once", async () => {
    const { commit, sizes, running, notices } = watched();
    const stored = await Promise.all(
      Array.from({ length: 300 }, (_, n) => commit.store([delivery(`many-${n}`)])),
    );
    expect(stored.flat().every(({ outcome }) => outcome === "accepted")).toBe(true);
    expect(new Set(stored.flat().map(({ id }) => id)).size).toBe(300);
    expect(sizes.slice(0, 4)).toEqual([1, 1, 1, 1]);
    expect(Math.max(...sizes)).toBe(50);
    expect(running.most).toBe(4);
    expect(notices()).toBe(sizes.length);
  });

  it("keeps each body its own when many share a statement", async () => {
    const { commit } = watched();
    const bodies = Array.from({ length: 120 }, (_, n) => Buffer.alloc(n * 37, n));
    const stored = await Promise.all(
      bodies.map((body, n) => commit.store([delivery(`bodies-${n}`, { body })])),
    );
    const rows = await database.db.selectFrom("deliveries").select(["id", "body"]).execute();
    const byId = new Map(rows.map((row) => [String(row.id), row.body]));
    for (const [n, body] of bodies.entries())
      expect(byId.get(stored[n]?.[0]?.id ?? "")?.equals(body)).toBe(true);
  });

  it("accepts one of two equal deliveries in one statement and points the other at it", async () => {
    const { commit } = watched();
    const [one, other] = await commit.store([delivery("twin"), delivery("twin")]);
    expect(one?.outcome).toBe("accepted");
    expect(other).toEqual({ id: one?.id, outcome: "duplicate" });
  });

  it("tells nobody when a statement stored nothing new", async () => {
    const { commit, notices } = watched();
    await commit.store([delivery("twin")]);
    expect(notices()).toBe(0);
  });

  it("stores a group whole or not at all", async () => {
    const { commit } = watched();
    const spoilt = delivery("spoilt", { receivedAt: new Date("+123456-01-01T00:00:00Z") });
    await expect(commit.store([delivery("whole"), spoilt])).rejects.toThrow("did not take");
    expect((await commit.store([delivery("whole")]))[0]?.outcome).toBe("accepted");
  });

  it("keeps the others when one of a statement's rows is refused by the database", async () => {
    const { commit } = watched();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, n) => {
        const poison = n === 30 ? { receivedAt: new Date("+123456-01-01T00:00:00Z") } : {};
        return commit.store([delivery(`poison-${n}`, poison)]);
      }),
    );
    const failed = outcomes.flatMap(({ status }, n) => (status === "rejected" ? [n] : []));
    expect(failed).toEqual([30]);
  });

  it("does not deadlock when two statements hold the same deliveries in opposite order", async () => {
    for (let round = 0; round < 5; round += 1) {
      const rows = Array.from({ length: 800 }, (_, n) => delivery(`both-${round}-${n}`));
      const stored = await Promise.all([
        insertDeliveries(database.db, rows),
        insertDeliveries(database.db, rows.toReversed()),
      ]);
      const accepted = stored.flat().filter(({ outcome }) => outcome === "accepted");
      expect(accepted).toHaveLength(800);
    }
  });

  it("refuses all that waits when the database is away, instead of trying each in turn", async () => {
    let asked = 0;
    const commit = new GroupCommit(
      async () => {
        asked += 1;
        await new Promise(setImmediate);
        throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
      },
      () => undefined,
    );
    const outcomes = await Promise.allSettled(
      Array.from({ length: 500 }, (_, n) => commit.store([delivery(`away-${n}`)])),
    );
    const codes = outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason.code);
    expect(new Set(codes)).toEqual(new Set(["storage_unavailable"]));
    expect(asked).toBe(4);
  });

  it("refuses a source that fills its share of the room, and still takes another's", async () => {
    const letGo: (() => void)[] = [];
    const commit = new GroupCommit(
      (rows) =>
        new Promise((resolve) => {
          letGo.push(() => resolve(rows.map(() => ({ id: "1", outcome: "duplicate" }))));
        }),
      () => undefined,
    );
    const refused: string[] = [];
    const waiting = Array.from({ length: 5_010 }, (_, n) =>
      commit.store([delivery(`flood-${n}`)]).catch((problem) => refused.push(problem.code)),
    );
    const other = commit.store([delivery("calm", { source: "other" })]);
    await Promise.resolve();
    expect(commit.waitingRows).toBe(5_001);
    // The other source's turn comes with the next statement, not after five thousand.
    letGo.shift()?.();
    await new Promise(setImmediate);
    letGo.pop()?.();
    expect(await other).toHaveLength(1);
    const finish = setInterval(() => letGo.splice(0).map((answer) => answer()), 0);
    await Promise.all(waiting);
    clearInterval(finish);
    expect(refused).toEqual(Array(6).fill("too_many_requests"));
  });

  it("closes after what is under way is stored, and takes nothing more", async () => {
    const { commit } = watched();
    const under = commit.store([delivery("last")]);
    const closed = commit.close();
    await expect(commit.store([delivery("late")])).rejects.toMatchObject({ code: "overloaded" });
    await closed;
    expect((await under)[0]?.outcome).toBe("accepted");
  });
});
