import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handle } from "@/lib/http/handle";
import {
  listDeliveriesRoute,
  readDeliveryRoute,
  replayDeliveryRoute,
} from "@/lib/http/routes/deliveries";
import { bearer, type TestServer, testServer, testSource } from "@/lib/http/server/testing";
import { dedupeKey } from "@/lib/ingest/delivery";
import { hiddenMark } from "@/lib/ingest/hidden-mark";
import { insertDeliveries } from "@/lib/ingest/insert-deliveries";

let server: TestServer;
let notices = 0;
const ids: string[] = [];
beforeAll(async () => {
  server = await testServer({
    sources: [testSource({ name: "hooks", secrets: ["by-the-source"] })],
    onDeliveries: () => {
      notices += 1;
    },
  });
  const bodies = [
    Buffer.from('{"first":true}'),
    Buffer.from([0xff, 0x00, 0xfe]),
    Buffer.from("é".repeat(200_000)),
    Buffer.from("\ufeff{}\0"),
  ];
  for (const [n, body] of bodies.entries()) {
    const [stored] = await insertDeliveries(server.database.db, [
      {
        source: n < 2 ? "github" : "alerts",
        provider: "github",
        event: n === 0 ? "push" : "ping",
        dedupeKey: dedupeKey("test", String(n)),
        headers: { "x-github-event": "push" },
        body,
        receivedAt: new Date(`2026-01-0${n + 1}T00:00:00Z`),
      },
    ]);
    ids.push(stored?.id ?? "");
  }
  await sql`update deliveries set outcome = 'failed', error_code = 'not_json', error = 'expected JSON'
            where id = ${ids[1]}`.execute(server.database.db);
  await sql`update deliveries set outcome = 'accepted', facts = '[{"type":"build","id":"b1"}]'
            where id = ${ids[0]}`.execute(server.database.db);
});
afterAll(() => server.close());

const list = (query = "", headers: Record<string, string> = bearer("reader")) =>
  handle(listDeliveriesRoute)(
    new Request(`http://localhost/api/v1/deliveries${query}`, { headers }),
    { params: Promise.resolve({}) },
  );
const listed = async (query: string): Promise<string[]> => {
  const { items } = await (await list(query)).json();
  return items.map(({ id }: { id: string }) => id);
};
const read = (id: string) =>
  handle(readDeliveryRoute)(
    new Request(`http://localhost/api/v1/deliveries/${id}`, { headers: bearer("reader") }),
    { params: Promise.resolve({ id }) },
  );
const replay = (id: string, who: "pipeline" | "reader" = "pipeline") =>
  handle(replayDeliveryRoute)(
    new Request(`http://localhost/api/v1/deliveries/${id}/replay`, {
      method: "POST",
      headers: bearer(who),
    }),
    { params: Promise.resolve({ id }) },
  );

describe("GET /api/v1/deliveries", () => {
  it("200 newest first, each with its outcome, reason and facts", async () => {
    const { items, nextCursor } = await (await list()).json();
    expect(items.map(({ id }: { id: string }) => id)).toEqual([...ids].reverse());
    expect(nextCursor).toBeNull();
    expect(items[2]).toEqual({
      id: ids[1],
      source: "github",
      event: "ping",
      receivedAt: "2026-01-02T00:00:00.000Z",
      outcome: "failed",
      error: { code: "not_json", detail: "expected JSON" },
      facts: [],
    });
    expect(items[3].facts).toEqual([{ type: "build", id: "b1" }]);
  });

  it("200 by outcome, source, event and time", async () => {
    expect(await listed("?outcome=failed")).toEqual([ids[1]]);
    expect(await listed("?outcome=failed,accepted")).toEqual([ids[1], ids[0]]);
    expect(await listed("?source=alerts")).toEqual([ids[3], ids[2]]);
    expect(await listed("?event=push")).toEqual([ids[0]]);
    expect(await listed("?from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z")).toEqual([ids[1]]);
  });

  it("200 page by page, each delivery once", async () => {
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await (await list(`?limit=3${cursor && `&cursor=${cursor}`}`)).json();
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([...ids].reverse());
  });

  it("400 for an unknown outcome, a forged cursor, an unknown filter; 401 without a token", async () => {
    expect((await list("?outcome=lost")).status).toBe(400);
    const forged = Buffer.from("2026-01-01T00:00:00Z 1;drop").toString("base64url");
    expect((await list(`?cursor=${forged}`)).status).toBe(400);
    expect((await list("?colour=red")).status).toBe(400);
    expect((await list("", {})).status).toBe(401);
  });
});

describe("GET /api/v1/deliveries/{id}", () => {
  it("200 with headers and body as text, NUL and byte order mark included", async () => {
    const first = await (await read(ids[0] ?? "")).json();
    expect(first).toMatchObject({ provider: "github", headers: { "x-github-event": "push" } });
    expect(first.body).toEqual({
      encoding: "utf-8",
      text: '{"first":true}',
      bytes: 14,
      truncated: false,
    });
    expect((await (await read(ids[3] ?? "")).json()).body.text).toBe("\ufeff{}\0");
  });

  it("200 with base64 where the body is no text", async () => {
    const { body } = await (await read(ids[1] ?? "")).json();
    expect(body).toMatchObject({ encoding: "base64", text: "/wD+", bytes: 3 });
  });

  it("200 with the first 256 KiB of a large body, cut between characters", async () => {
    const { body } = await (await read(ids[2] ?? "")).json();
    expect(body).toMatchObject({ encoding: "utf-8", bytes: 400_000, truncated: true });
    expect(body.text).toBe("é".repeat(131_072));
  });

  it("200 with every secret hidden in header and body, and nothing changed in what is stored", async () => {
    const body = JSON.stringify({ password: "hunter2", sent: "by-the-source", kept: 1 });
    const headers = { "ce-source": "https://ana:hunter2@ci.example", "x-token": "hunter2" };
    const [stored] = await insertDeliveries(server.database.db, [
      {
        source: "hooks",
        provider: "github",
        event: "ping",
        dedupeKey: dedupeKey("test", "secret"),
        headers,
        body: Buffer.from(body),
        receivedAt: new Date("2025-12-31T00:00:00Z"),
      },
    ]);
    const id = stored?.id ?? "";
    const answer = await (await read(id)).json();
    expect(JSON.parse(answer.body.text)).toEqual({
      password: hiddenMark,
      sent: hiddenMark,
      kept: 1,
    });
    expect(answer.body.bytes).toBe(body.length);
    expect(JSON.stringify(answer)).not.toContain("hunter2");
    const { db } = server.database;
    const row = await db
      .selectFrom("deliveries")
      .select(["headers", "body"])
      .where("id", "=", Number(id))
      .executeTakeFirstOrThrow();
    expect([row.headers, row.body.toString()]).toEqual([headers, body]);
    await db.deleteFrom("deliveries").where("id", "=", Number(id)).execute();
  });

  it("404 for an id that no delivery has, or that could be none", async () => {
    expect((await read("999999")).status).toBe(404);
    expect((await read("1 or 1=1")).status).toBe(404);
  });
});

describe("POST /api/v1/deliveries/{id}/replay", () => {
  it("202 pending again, and whoever projects is told; 409 while it waits", async () => {
    const before = notices;
    const response = await replay(ids[1] ?? "");
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ outcome: "pending", error: null });
    for (let tries = 0; tries < 500 && notices === before; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(notices).toBeGreaterThan(before);
    expect((await replay(ids[1] ?? "")).status).toBe(409);
  });

  it("404 for an id that no delivery has, 403 without the scope", async () => {
    expect((await replay("999999")).status).toBe(404);
    expect((await replay(ids[0] ?? "", "reader")).status).toBe(403);
  });
});
