import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { Streams } from "@/lib/live/stream";

let database: TestDatabase;
let streams: Streams;
let server: Server;
let url: string;
let begun: Promise<void>;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  streams = new Streams(database.db);
  server = createServer((_, response) => {
    begun = streams.begin(response, "user ana", null, {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  vi.useRealTimers();
  streams.close();
  await begun;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Follows while nobody can read where the stream begins, and does `act` once that is waited for. */
async function followSlowly(act: () => void): Promise<Response> {
  let answer: Promise<Response> | undefined;
  await database.db.transaction().execute(async (transaction) => {
    await sql`lock table live_positions`.execute(transaction);
    answer = fetch(url);
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
