import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { authenticate } from "@/lib/auth/authenticate";
import { hashSecret } from "@/lib/auth/secrets";
import { signedIn } from "@/lib/auth/testing";
import { systemClock } from "@/lib/clock";
import { defaultConfig, toToken } from "@/lib/config";
import type { Context } from "@/lib/context";
import { asProblem } from "@/lib/http/problem";
import { Streams } from "@/lib/live/stream";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;
let streams: Streams;
let server: Server;
let url: string;
const clock = { now: () => systemClock.now() };
const begun: Promise<void>[] = [];

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  clock.now = () => systemClock.now();
  const tokens = ["one", "two"].map((name) =>
    toToken({ name, token: secretOf(name), scopes: ["read"] }),
  );
  const limits = { ...defaultConfig.limits, streamsPerPerson: 2 };
  context = await testContext(database, { tokens, limits }, { clock });
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  streams = new Streams(context);
  server = createServer(async (request, response) => {
    const { authorization = null, cookie = null } = request.headers;
    const headers = new Headers({
      ...(cookie && { cookie }),
      ...(authorization && { authorization }),
    });
    const actor = await authenticate(context, headers, "GET");
    const beginning = streams.begin(response, { actor, authorization }, null, {});
    begun.push(beginning.catch((error) => void response.end(asProblem(error).message)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  vi.useRealTimers();
  streams.close();
  await Promise.all(begun.splice(0));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const secretOf = (name: string) => `${name}-of-the-tokens`;
const token = (name: string) => ({ authorization: `Bearer ${secretOf(name)}` });
const follow = ({ authorization, cookie }: { authorization?: string; cookie?: string }) =>
  fetch(url, { headers: { ...(authorization && { authorization }), ...(cookie && { cookie }) } });

/** Follows while nobody can read where the stream begins, and does `act` once that is waited for. */
async function followSlowly(act: () => void): Promise<Response> {
  let answer: Promise<Response> | undefined;
  await database.db.transaction().execute(async (transaction) => {
    await sql`lock table live_positions`.execute(transaction);
    answer = follow(token("one"));
    answer.catch(() => undefined);
    await vi.waitFor(() => expect(streams.size).toBe(1), 10_000);
    act();
  });
  return answer as Promise<Response>;
}

describe("a stream that waits for its position", () => {
  it("is an event stream although a heartbeat comes first", async () => {
    const response = await followSlowly(() => vi.advanceTimersByTime(60_000));
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toMatch(/^retry: \d+\nid: \d+/);
    await reader?.cancel();
  });

  it("is cut, not answered as something else, when the server stops", async () => {
    await expect(followSlowly(() => streams.close())).rejects.toThrow("fetch failed");
  });
});

describe("how many streams", () => {
  it("streamsPerPerson of one person, and not of their colleagues", async () => {
    const ana = await signedIn(context, { name: "Ana" });
    const bo = await signedIn(context, { name: "Bo" });
    const open = [await follow(ana), await follow(ana)];
    expect(await (await follow(ana)).text()).toMatch(/At most 2 streams of one person/);
    open.push(await follow(bo));
    expect(streams.size).toBe(3);
    await open[0]?.body?.cancel();
    await vi.waitFor(() => expect(streams.size).toBe(2), 10_000);
    open.push(await follow(ana));
    expect(streams.size).toBe(3);
  });

  it("100 of one token, and not of another", async () => {
    await Promise.all(Array.from({ length: 100 }, () => follow(token("one"))));
    expect(await (await follow(token("one"))).text()).toMatch(/At most 100 streams of one token/);
    expect((await follow(token("two"))).headers.get("content-type")).toContain("event-stream");
  });
});

describe("a stream whose right has ended", () => {
  /** Reads to the end, which only comes when the server ends it. */
  async function expectEnd(stream: Response): Promise<void> {
    vi.advanceTimersByTime(15_000);
    expect(await stream.text()).toMatch(/^retry:/);
  }

  it("ends at the next heartbeat after its session was ended, and no other does", async () => {
    const ana = await signedIn(context, { name: "Cy" });
    const [stream, other] = [await follow(ana), await follow(token("one"))];
    vi.advanceTimersByTime(15_000);
    await database.db.deleteFrom("sessions").where("person_id", "=", ana.person.id).execute();
    await expectEnd(stream);
    await vi.waitFor(() => expect(streams.size).toBe(1), 10_000);
    await other.body?.cancel();
  });

  it("ends after its person was disabled, and after the session's last day", async () => {
    const dee = await signedIn(context, { name: "Dee" });
    const disabled = await follow(dee);
    await database.db
      .updateTable("people")
      .set({ disabled_at: new Date() })
      .where("id", "=", dee.person.id)
      .execute();
    await expectEnd(disabled);
    const old = await follow(await signedIn(context, { name: "Eve" }));
    clock.now = () => new Date(Date.now() + 31 * 86_400_000);
    await expectEnd(old);
  });

  it("ends after its token was taken away", async () => {
    await database.db
      .insertInto("tokens")
      .values({
        id: "given",
        name: "given",
        prefix: "given",
        token_hash: hashSecret(secretOf("given")),
        scopes: ["read"],
        created_by: "ana",
        created_at: new Date(),
      })
      .execute();
    await context.settingsChanged();
    const stream = await follow(token("given"));
    const other = await follow(token("two"));
    await database.db.deleteFrom("tokens").where("id", "=", "given").execute();
    await context.settingsChanged();
    await expectEnd(stream);
    await vi.waitFor(() => expect(streams.size).toBe(1), 10_000);
    await other.body?.cancel();
  });
});
