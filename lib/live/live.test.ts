import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";
import { announce } from "@/lib/live/announce";
import { prunePositions, sequence } from "@/lib/live/sequence";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

interface Heard {
  id: string;
  event: string;
  data: { id?: string };
}

/** Follows the stream like a browser: collects events until told to stop. */
async function follow(lastEventId?: string, headers: Record<string, string> = bearer("reader")) {
  const stop = new AbortController();
  const response = await fetch(`${server.url}/api/v1/live`, {
    headers: { ...headers, ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }) },
    signal: stop.signal,
  });
  const heard: Heard[] = [];
  let position = "";
  const reading = read().catch(() => undefined);
  async function read() {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
        position = field("id") || position;
        if (field("event"))
          heard.push({ id: field("id"), event: field("event"), data: JSON.parse(field("data")) });
      }
    }
  }
  return {
    response,
    heard,
    position: () => position,
    ended: reading,
    async stop() {
      stop.abort();
      await reading;
    },
  };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000 && !condition(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}

const tell = (id: string) =>
  server.database.db
    .transaction()
    .execute((transaction) => announce(transaction, "deployment", { id, service: "checkout" }));

/** Nothing waits for a position, and what got one before is committed. */
async function allSequenced(): Promise<void> {
  const { db } = server.database;
  for (let tries = 0; tries < 1_000; tries += 1) {
    const waiting = await db.selectFrom("live_outbox").select("id").execute();
    if (waiting.length === 0) return;
    await sequence(db);
  }
  throw new Error("announcements were left without positions");
}

describe("GET /api/v1/live", () => {
  it("200 with what is announced, in its topic, with a position", async () => {
    const browser = await follow();
    expect(browser.response.status).toBe(200);
    expect(browser.response.headers.get("content-type")).toContain("text/event-stream");
    await until(() => browser.position() !== "");
    await tell("d1");
    await until(() => browser.heard.length === 1);
    expect(browser.heard[0]).toMatchObject({
      event: "deployment",
      data: { id: "d1", service: "checkout" },
    });
    await browser.stop();
  });

  it("tells nothing of a transaction that is rolled back", async () => {
    const browser = await follow();
    await until(() => browser.position() !== "");
    const undone = server.database.db.transaction().execute(async (transaction) => {
      await announce(transaction, "incident", { id: "never" });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await tell("d2");
    await until(() => browser.heard.length > 0);
    expect(browser.heard.map(({ data }) => data.id)).toEqual(["d2"]);
    await browser.stop();
  });

  it("resumes under concurrent writers that commit out of order: nothing missed, nothing twice", async () => {
    const writers = 8;
    const each = 40;
    const steady = await follow();
    await until(() => steady.position() !== "");
    const begin = steady.position();
    const written = Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let n = 0; n < each; n += 1)
          await server.database.db.transaction().execute(async (transaction) => {
            await announce(transaction, "build", { id: `${writer}-${n}` });
            // Serial ids are taken above; the commits follow in any order.
            if ((writer + n) % 3 === 0) await sql`select pg_sleep(0.005)`.execute(transaction);
          });
      }),
    );
    const heard: Heard[] = [];
    let last = begin;
    while (heard.length < writers * each) {
      const browser = await follow(last);
      const enough = Math.min(heard.length + 15, writers * each);
      await until(() => heard.length + browser.heard.length >= enough);
      await browser.stop();
      heard.push(...browser.heard);
      last = browser.position();
    }
    await written;
    await until(() => steady.heard.length >= heard.length);
    expect(heard.map(({ id }) => Number(id))).toEqual(
      Array.from({ length: writers * each }, (_, n) => Number(begin) + 1 + n),
    );
    expect(new Set(heard.map(({ data }) => data.id)).size).toBe(writers * each);
    expect(steady.heard.map(({ id }) => id)).toEqual(heard.map(({ id }) => id));
    await steady.stop();
  });

  it("reset for a position that is no longer kept, or was never given", async () => {
    for (let n = 0; n < 5; n += 1) await tell(`old-${n}`);
    const { db } = server.database;
    await allSequenced();
    await prunePositions(db, new Date(Date.now() + 60_000));
    const kept = await db.selectFrom("live_positions").select("position").execute();
    expect(kept).toHaveLength(1);
    for (const position of ["1", "999999999"]) {
      const browser = await follow(position);
      await until(() => browser.heard.length === 1);
      expect(browser.heard[0]).toMatchObject({ event: "reset", id: String(kept[0]?.position) });
      await browser.stop();
    }
  });

  it("goes on counting after everything old is forgotten", async () => {
    const { db } = server.database;
    const before = await db.selectFrom("live_positions").select("position").execute();
    const browser = await follow(String(before[0]?.position));
    await tell("next");
    await until(() => browser.heard.length === 1);
    expect(Number(browser.heard[0]?.id)).toBe(Number(before[0]?.position) + 1);
    await browser.stop();
  });

  it("hears again after every connection of the database was cut", async () => {
    const browser = await follow();
    await until(() => browser.position() !== "");
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and pid <> pg_backend_pid()`.execute(
      server.database.db,
    );
    await tell("after");
    await until(() => browser.heard.length === 1);
    expect(browser.heard[0]?.data.id).toBe("after");
    await browser.stop();
  });

  it("400 for a position that is none, 401 without a token, 403 without the scope or for a foreign Host", async () => {
    const status = async (headers: Record<string, string>, id?: string) => {
      const { response, stop } = await follow(id, headers);
      await stop();
      return response.status;
    };
    expect(await status(bearer("reader"), "one")).toBe(400);
    expect(await status({})).toBe(401);
    expect(await status(bearer("sender"))).toBe(403);
  });

  it("ends its streams when the server stops", async () => {
    const other = await testServer({ database: server.database });
    const response = await fetch(`${other.url}/api/v1/live`, { headers: bearer("reader") });
    const text = response.text();
    await other.close();
    expect(await text).toContain("retry:");
  });
});
