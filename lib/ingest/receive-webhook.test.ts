import { createHmac, randomBytes } from "node:crypto";
import { request as httpRequest } from "node:http";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestServer, testServer, testSource } from "@/lib/http/server/testing";
import { bodyLimitBytes } from "@/lib/ingest/read-body";

let server: TestServer;
beforeAll(async () => {
  server = await testServer({
    sources: [
      testSource({ name: "github", secrets: ["old-secret", "new-secret"] }),
      testSource({ name: "bearer", auth: "bearer", secrets: ["bearer-token"] }),
      testSource({ name: "basic", auth: "basic", username: "ci", secrets: ["pass:word"] }),
      testSource({ name: "header", auth: "header", header: "x-token", secrets: ["header-token"] }),
      testSource({ name: "path", auth: "path", secrets: ["path-key"] }),
      // A header that the reader would otherwise have kept.
      testSource({ name: "odd", auth: "header", header: "x-github-hook-id", secrets: ["odd-key"] }),
    ],
  });
});
afterAll(() => server.close());

const sign = (body: Uint8Array, secret: string) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

interface Sent {
  body?: Uint8Array | string;
  secret?: string;
  headers?: Record<string, string>;
  id?: string;
  path?: string;
}
async function deliver({ body = "{}", secret = "new-secret", headers = {}, id, path }: Sent = {}) {
  const bytes = Buffer.from(body);
  const response = await fetch(`${server.url}${path ?? "/api/webhooks/github"}`, {
    method: "POST",
    body: bytes,
    headers: {
      "content-type": "application/json",
      "x-github-event": "ping",
      "x-github-delivery": id ?? randomBytes(8).toString("hex"),
      "x-hub-signature-256": sign(bytes, secret),
      ...headers,
    },
  });
  return { status: response.status, headers: response.headers, answer: await response.json() };
}
const stored = (id: string) =>
  server.database.db
    .selectFrom("deliveries")
    .selectAll()
    .where("id", "=", Number(id))
    .executeTakeFirstOrThrow();
const count = async () => {
  const { n } = await server.database.db
    .selectFrom("deliveries")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return n;
};

describe("POST /api/webhooks/{source}", () => {
  it("202 with the delivery's id when its bytes are stored", async () => {
    const body = '{"zen":"Keep it  logically awesome."}';
    const { status, answer } = await deliver({ body, id: "first" });
    expect([status, answer.outcome]).toEqual([202, "accepted"]);
    const row = await stored(answer.delivery);
    expect(row).toMatchObject({
      source: "github",
      provider: "github",
      event: "ping",
      outcome: "pending",
    });
    expect(row.headers).toEqual({
      "content-type": "application/json",
      "x-github-event": "ping",
      "x-github-delivery": "first",
    });
    expect(row.body.toString()).toBe(body);
  });

  it("202 for both secrets while one replaces the other", async () => {
    expect((await deliver({ secret: "old-secret" })).status).toBe(202);
    expect((await deliver({ secret: "new-secret" })).status).toBe(202);
  });

  it("202 duplicate with the first one's id when it comes again, five at once too", async () => {
    const before = await count();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => deliver({ id: "five-times" }).then(({ answer }) => answer)),
    );
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual([
      "accepted",
      "duplicate",
      "duplicate",
      "duplicate",
      "duplicate",
    ]);
    expect(new Set(answers.map(({ delivery }) => delivery)).size).toBe(1);
    expect((await deliver({ id: "five-times" })).answer).toEqual({
      delivery: answers[0]?.delivery,
      outcome: "duplicate",
    });
    expect(await count()).toBe(before + 1);
  });

  it("202 duplicate for an equal body where the provider names no id", async () => {
    const headers = { "x-github-delivery": "" };
    expect((await deliver({ body: '{"n":1}', headers })).answer.outcome).toBe("accepted");
    expect((await deliver({ body: '{"n":1}', headers })).answer.outcome).toBe("duplicate");
    expect((await deliver({ body: '{"n":2}', headers })).answer.outcome).toBe("accepted");
  });

  it("202 for a delivery id of 6 KB, and duplicate when it comes again", async () => {
    const id = "x".repeat(6_000);
    expect((await deliver({ id })).answer.outcome).toBe("accepted");
    expect((await deliver({ id })).answer.outcome).toBe("duplicate");
    expect((await deliver({ id: `${id.slice(1)}y` })).answer.outcome).toBe("accepted");
  });

  it.each([
    ["NUL", Buffer.from('{"a":"\0\\u0000"}')],
    ["invalid UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0xc0, 0x80, 0x7d])],
    ["__proto__ keys", Buffer.from('{"__proto__":{"polluted":true},"constructor":1}')],
    ["200,000 levels of nesting", Buffer.from("[".repeat(200_000))],
    ["nothing", Buffer.alloc(0)],
  ])("202 and byte for byte for %s", async (_name, body) => {
    const { status, answer } = await deliver({ body });
    expect(status).toBe(202);
    expect((await stored(answer.delivery)).body.equals(body)).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("202 for gzip, stored as what it holds", async () => {
    const plain = Buffer.from('{"packed":true}');
    const body = gzipSync(plain);
    for (const signed of [body, plain]) {
      const headers = {
        "content-encoding": "gzip",
        "x-hub-signature-256": sign(signed, "new-secret"),
      };
      const { status, answer } = await deliver({ body, headers });
      expect(status).toBe(202);
      expect((await stored(answer.delivery)).body.equals(plain)).toBe(true);
    }
  });

  it.each([
    ["wrong", { "x-hub-signature-256": sign(Buffer.from("{}"), "another-secret") }],
    ["missing", { "x-hub-signature-256": "" }],
    ["short", { "x-hub-signature-256": "sha256=abcd" }],
    ["of other bytes", { "x-hub-signature-256": sign(Buffer.from("{} "), "new-secret") }],
  ])("401 and no row when the signature is %s", async (_name, headers) => {
    const before = await count();
    const { status, answer } = await deliver({ headers });
    expect([status, answer.code]).toEqual([401, "bad_signature"]);
    expect(answer.detail).toContain("in the header x-hub-signature-256");
    expect(await count()).toBe(before);
  });

  const basic = (text: string) => ({
    authorization: `Basic ${Buffer.from(text).toString("base64")}`,
  });
  it.each([
    ["bearer", { authorization: "Bearer bearer-token" }, { authorization: "Bearer bearer-tokem" }],
    ["basic", basic("ci:pass:word"), basic("ci:pass:wor")],
    ["header", { "x-token": "header-token" }, { "x-token": "" }],
  ])("202 or 401 by %s", async (source, right, wrong) => {
    const path = `/api/webhooks/${source}`;
    expect((await deliver({ path, headers: right as Record<string, string> })).status).toBe(202);
    expect((await deliver({ path, headers: wrong as Record<string, string> })).status).toBe(401);
    expect((await deliver({ path })).status).toBe(401);
  });

  it("202 without the header that proved it, whatever it is called", async () => {
    const headers = { "x-github-hook-id": "odd-key" };
    const { status, answer } = await deliver({ path: "/api/webhooks/odd", headers });
    expect(status).toBe(202);
    expect(JSON.stringify((await stored(answer.delivery)).headers)).not.toContain("odd-key");
  });

  it("202 or 401 by the key in the path, which no other source has", async () => {
    expect((await deliver({ path: "/api/webhooks/path/path-key" })).status).toBe(202);
    expect((await deliver({ path: "/api/webhooks/path/path-kez" })).status).toBe(401);
    expect((await deliver({ path: "/api/webhooks/path" })).status).toBe(401);
    expect((await deliver({ path: "/api/webhooks/github/path-key" })).status).toBe(404);
  });

  it("404 for a source that pushline.yaml does not have", async () => {
    const { status, headers, answer } = await deliver({ path: "/api/webhooks/nobody" });
    expect([status, answer.code]).toEqual([404, "unknown_source"]);
    expect(headers.get("content-type")).toBe("application/problem+json");
  });

  it("405 for another method, which names the right one", async () => {
    const response = await fetch(`${server.url}/api/webhooks/github`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it.each([
    [bodyLimitBytes - 1, 202],
    [bodyLimitBytes, 202],
    [bodyLimitBytes + 1, 413],
  ])("a body of %i bytes: %i, whole or not at all", async (bytes, expected) => {
    const { status, answer } = await deliver({ body: Buffer.alloc(bytes, "a") });
    expect(status).toBe(expected);
    if (status === 202) expect((await stored(answer.delivery)).body.byteLength).toBe(bytes);
    else expect(answer.code).toBe("body_too_large");
  });

  it("413 for a body that never says how long it is", async () => {
    const status = await new Promise((resolve, reject) => {
      const sending = httpRequest(
        `${server.url}/api/webhooks/github`,
        { method: "POST" },
        (response) => resolve(response.statusCode),
      );
      sending.on("error", reject);
      for (let mebibytes = 0; mebibytes < 26; mebibytes += 1)
        sending.write(Buffer.alloc(1024 * 1024));
      sending.end();
    });
    expect(status).toBe(413);
  });

  it("413 for a gzip bomb, within bounded memory", async () => {
    const bomb = gzipSync(Buffer.alloc(512 * 1024 * 1024), { level: 9 });
    const before = process.memoryUsage().arrayBuffers;
    const { status } = await deliver({ body: bomb, headers: { "content-encoding": "gzip" } });
    expect(status).toBe(413);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it("400 for what says gzip and is not, or ends early", async () => {
    const headers = { "content-encoding": "gzip" };
    expect((await deliver({ body: "plain", headers })).status).toBe(400);
    const whole = gzipSync(Buffer.from('{"a":1}'));
    expect((await deliver({ body: whole.subarray(0, -6), headers })).status).toBe(400);
  });

  it.each(["br", "zstd", "deflate", "gzip, gzip"])(
    "415 for content-encoding %s",
    async (encoding) => {
      const body = brotliCompressSync("{}");
      const { status, answer } = await deliver({ body, headers: { "content-encoding": encoding } });
      expect([status, answer.code]).toEqual([415, "unsupported_encoding"]);
    },
  );
});
