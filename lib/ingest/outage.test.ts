import { createHmac, randomBytes } from "node:crypto";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, type DatabaseConnection } from "@/db/client";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { type TestServer, testServer, testSource } from "@/lib/http/server/testing";

/** A way to the database that can be cut: a TCP port in front of Postgres's socket. */
async function cuttable(database: TestDatabase) {
  const target = new URL(database.url);
  const path = `${target.searchParams.get("host")}/.s.PGSQL.5432`;
  const open = new Set<Socket>();
  let silent = false;
  const relay: Server = createServer((near) => {
    const far = connect({ path });
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    // Half open: what is sent goes nowhere, and nobody says so.
    near.on("data", (chunk) => silent || far.write(chunk));
    far.on("data", (chunk) => silent || near.write(chunk));
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => relay.listen(port, "127.0.0.1", resolve));
  await listen(0);
  const { port } = relay.address() as AddressInfo;
  target.search = "";
  target.hostname = "127.0.0.1";
  target.port = String(port);
  return {
    url: target.href,
    async cut() {
      const closed = new Promise((resolve) => relay.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
    mend: () => listen(port),
    silence(on: boolean) {
      silent = on;
    },
  };
}

let database: TestDatabase;
let way: Awaited<ReturnType<typeof cuttable>>;
let ingest: DatabaseConnection;
let server: TestServer;
beforeAll(async () => {
  database = await testDatabase();
  way = await cuttable(database);
  ingest = createDatabase(way.url, {
    max: 4,
    statementTimeoutMs: 500,
    applicationName: "test-ingest",
  });
  const sources = [testSource({ name: "github" })];
  server = await testServer({ database, sources, ingestDb: ingest.db });
});
afterAll(async () => {
  await server.close();
  await ingest.close();
  await way.cut();
  await database.close();
});

function send(id: string) {
  const body = Buffer.from(randomBytes(100));
  return fetch(`${server.url}/api/webhooks/github`, {
    method: "POST",
    body,
    headers: {
      "x-github-delivery": id,
      "x-hub-signature-256": `sha256=${createHmac("sha256", "current-secret").update(body).digest("hex")}`,
    },
  });
}

it("503 with Retry-After while the database is away, 202 once it is back, and no false 2xx", async () => {
  expect((await send("before")).status).toBe(202);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);

  await way.cut();
  const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => send(`during-${n}`)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  expect(Number(answers[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

  await way.mend();
  expect((await send("after")).status).toBe(202);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  const rows = await database.db.selectFrom("deliveries").select("id").execute();
  expect(rows).toHaveLength(2);
});

it("acknowledges only what is stored when connections are cut in the middle of it", async () => {
  const sent = Array.from({ length: 300 }, async (_, n) => {
    const answer = await send(`cut-${n}`);
    return answer.status === 202 ? ((await answer.json()) as { delivery: string }).delivery : null;
  });
  await sent[0];
  await way.cut();
  await way.mend();
  const acknowledged = (await Promise.all(sent)).filter((id) => id !== null);
  const rows = await database.db.selectFrom("deliveries").select("id").execute();
  const stored = new Set(rows.map(({ id }) => String(id)));
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(0);
});

it("503 within the time limits while the database is silent, and 202 once it speaks again", async () => {
  expect((await send("heard")).status).toBe(202);
  way.silence(true);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => send(`silent-${n}`)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  way.silence(false);
  expect((await send("spoken")).status).toBe(202);
});
