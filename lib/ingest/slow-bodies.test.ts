import { createHmac, randomBytes } from "node:crypto";
import { request as httpRequest } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readProxies } from "@/lib/http/client-address";
import { type TestServer, testServer, testSource } from "@/lib/http/server/testing";
import { type Answered, ask } from "@/lib/http/testing/ask";
import { bodyLimitBytes } from "@/lib/ingest/read-body";

const mebibyte = 1024 * 1024;
const proved = { authorization: "Bearer bearer-token" };
let server: TestServer;
beforeAll(async () => {
  server = await testServer({
    sources: [
      testSource({ name: "github" }),
      testSource({ name: "bearer", auth: "bearer", secrets: ["bearer-token"] }),
      testSource({ name: "path", auth: "path", secrets: ["path-key"] }),
    ],
    // So that a test can come from anywhere.
    trustedProxies: readProxies("127.0.0.1").list,
  });
});
afterAll(() => server.close());

const urlOf = (source: string) => `${server.url}/api/webhooks/${source}`;

/** A body of 25 MiB that stops before its end; `answered` where the server does not wait for it. */
function stall(source: string, from: string, bytes = 24 * mebibyte) {
  const sending = httpRequest(urlOf(source), {
    method: "POST",
    headers: { "content-length": bodyLimitBytes, "x-forwarded-for": from },
  });
  const answered = new Promise<{ status: number; retryAfter: string | undefined }>((resolve) => {
    sending.once("response", ({ statusCode = 0, headers }) =>
      resolve({ status: statusCode, retryAfter: headers["retry-after"] }),
    );
    sending.on("error", () => undefined);
  });
  sending.write(Buffer.alloc(bytes));
  return { answered, stop: () => sending.destroy() };
}

function deliver(source: string, body: string, headers: Record<string, string> = {}) {
  const signature = createHmac("sha256", "current-secret").update(body).digest("hex");
  return ask(urlOf(source), {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": "ping",
      "x-github-delivery": randomBytes(8).toString("hex"),
      "x-hub-signature-256": `sha256=${signature}`,
      ...headers,
    },
  });
}
const status = ({ status }: Answered) => status;

describe("large bodies that strangers never finish", () => {
  it("503 with Retry-After for one too many, with room for small ones and for proved ones", async () => {
    const stalled = [];
    // Until not even one of 2 MiB fits any more.
    for (const [mebibytes, length] of [
      [24, 12],
      [2, 90],
    ] as const) {
      const more = Array.from({ length }, (_, n) =>
        stall("github", `9.9.${n}.9`, mebibytes * mebibyte),
      );
      stalled.push(...more);
      const refused = await Promise.race(more.map(({ answered }) => answered));
      expect(refused).toEqual({ status: 503, retryAfter: expect.stringMatching(/^[1-9]\d*$/) });
    }
    expect(status(await deliver("github", "{}"))).toBe(202);
    expect(status(await deliver("github", "{}", { "x-forwarded-for": "9.9.9.9" }))).toBe(202);
    expect(status(await deliver("bearer", "x".repeat(4 * mebibyte), proved))).toBe(202);
    for (const { stop } of stalled) stop();
  });

  it("503 for those of one address beyond its share, while another's are taken", async () => {
    const stalled = Array.from({ length: 3 }, () => stall("github", "8.8.8.8"));
    const refused = await Promise.race(stalled.map(({ answered }) => answered));
    expect(refused.status).toBe(503);
    const large = "x".repeat(20 * mebibyte);
    expect(status(await deliver("github", large, { "x-forwarded-for": "8.8.4.4" }))).toBe(202);
    for (const { stop } of stalled) stop();
  });
});

describe("a proof that needs no body", () => {
  it.each(["bearer", "path", "path/path-kez"])("401 for %s before there is one", async (source) => {
    const { answered, stop } = stall(source, "7.7.7.7", 1);
    expect((await answered).status).toBe(401);
    stop();
  });
});

it("202 or 503 with Retry-After for many gzip bodies at once, and 202 for small ones beside them", async () => {
  const bomb = Buffer.from(gzipSync(Buffer.alloc(24 * mebibyte), { level: 9 }));
  const headers = { "content-encoding": "gzip", ...proved };
  const large = Array.from({ length: 40 }, async () => {
    const answer = await fetch(urlOf("github"), { method: "POST", headers, body: bomb });
    return [answer.status, Number(answer.headers.get("retry-after") ?? 1) > 0];
  });
  const small = Array.from({ length: 20 }, (_, index) => deliver("github", `{"n":${index}}`));
  expect(new Set((await Promise.all(small)).map(status))).toEqual(new Set([202]));
  // None is signed, so that none is kept.
  for (const answer of await Promise.all(large))
    expect([
      [401, true],
      [503, true],
    ]).toContainEqual(answer);
});
