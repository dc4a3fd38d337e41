import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultConfig } from "@/lib/config";
import { readProxies } from "@/lib/http/client-address";
import { bearer, type TestServer, testServer, testSource } from "@/lib/http/server/testing";
import { type Answered, ask as askAt, type Question } from "@/lib/http/testing/ask";

/** So slow that no bucket fills up while a test runs. */
const limits = {
  ...defaultConfig.limits,
  deliveriesPerSecond: 0.001,
  deliveriesBurst: 20,
  requestsPerSecond: 0.001,
  requestsBurst: 30,
};
let server: TestServer;
beforeAll(async () => {
  server = await testServer({
    pages: "api",
    file: { limits },
    sources: ["loud", "calm", "forged"].map((name) => testSource({ name })),
    // So that a test can come from anywhere.
    trustedProxies: readProxies("127.0.0.1").list,
  });
});
afterAll(() => server.close());

const ask = (path: string, asked?: Question) => askAt(`${server.url}${path}`, asked);
const from = (address: string) => ({ "x-forwarded-for": address });

async function statuses(times: number, once: (index: number) => Promise<Answered>) {
  const answers = [];
  for (let index = 0; index < times; index += 1) answers.push(await once(index));
  return {
    answers,
    statuses: answers.map(({ status }) => status),
    last: answers.at(-1) as Answered,
  };
}

function expectRefusal(answer: Answered, limit: number, words: RegExp): void {
  expect(answer.status).toBe(429);
  expect(Number(answer.headers["retry-after"])).toBeGreaterThanOrEqual(1);
  const problem = JSON.parse(answer.text);
  expect(problem).toMatchObject({ code: "too_many_requests", limit });
  expect(problem.detail).toMatch(words);
}

describe("deliveriesPerSecond", () => {
  const deliver = (source: string, number: number, secret = "current-secret") => {
    const body = JSON.stringify({ number });
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const headers = {
      "content-type": "application/json",
      "x-github-event": "push",
      "x-hub-signature-256": `sha256=${signature}`,
    };
    return ask(`/api/webhooks/${source}`, { method: "POST", headers, body });
  };
  const send = (count: number, id: string) => {
    const event = (index: number) => ({
      type: "change",
      id: `${id}-${index}`,
      repository: "acme/checkout",
      revision: "0123456789abcdef0123456789abcdef01234567",
      authoredAt: "2026-03-01T12:00:00Z",
    });
    const body = JSON.stringify(Array.from({ length: count }, (_, index) => event(index)));
    const headers = { "content-type": "application/json", ...bearer("sender") };
    return ask("/api/v1/events", { method: "POST", headers, body });
  };

  it("429 for a source beyond its burst, while others are taken", async () => {
    const { statuses: loud, last } = await statuses(25, (index) => deliver("loud", index));
    expect(loud.slice(0, 20)).toEqual(Array(20).fill(202));
    expectRefusal(last, 0.001, /0.001 a second in the long run and 20 at once/);
    // A new connection for each refusal would cost more than the delivery.
    expect(last.headers.connection).toBe("keep-alive");
    expect((await deliver("calm", 1)).status).toBe(202);
  });

  it("counts nothing that is not proved: nobody can use up a source's share", async () => {
    const { statuses: forged } = await statuses(25, (index) => deliver("forged", index, "guess"));
    expect(forged).toEqual(Array(25).fill(401));
    expect((await deliver("forged", 1)).status).toBe(202);
  });

  it("counts each event of a request, and takes a request whole or not at all", async () => {
    expect((await send(15, "first")).status).toBe(202);
    expectRefusal(await send(15, "second"), 0.001, /20 at once/);
    expect((await send(4, "third")).status).toBe(202);
    const { db } = server.database;
    const rows = await db.selectFrom("deliveries").select("id").where("source", "=", "sender");
    expect(await rows.execute()).toHaveLength(19);
  });
});

describe("requestsPerSecond", () => {
  it("429 for an address beyond its burst, of pages and data together, and for no other", async () => {
    const paths = ["/services", "/api/v1/deployments", "/api/v1/openapi.json", "/api/v1/none"];
    const { statuses: asked, last } = await statuses(40, (index) =>
      ask(paths[index % paths.length] ?? "/", { headers: from("9.9.9.9") }),
    );
    expect(asked.slice(0, 30)).not.toContain(429);
    expectRefusal(last, 0.001, /0.001 times a second in the long run and 30 times at once/);
    expect((await ask("/services", { headers: from("8.8.8.8") })).status).toBe(200);
  });

  it("does not count files of the build, probes, or this machine", async () => {
    const headers = from("7.7.7.7");
    for (const path of ["/_next/static/chunks/a.js", "/healthz"]) {
      const { statuses: asked } = await statuses(40, () => ask(path, { headers }));
      expect(asked).not.toContain(429);
    }
    const { statuses: own } = await statuses(40, () => ask("/services"));
    expect(own).not.toContain(429);
  });
});

describe("guessed tokens", () => {
  const withToken = (token: string, address: string) =>
    ask("/api/v1/deployments?limit=1", {
      headers: { authorization: `Bearer ${token}`, ...from(address) },
    });

  it("429 after 30 of an address, on either side of the server, right tokens of others aside", async () => {
    const known = bearer("reader").authorization.slice("Bearer ".length);
    expect((await withToken(known, "6.6.6.1")).status).toBe(200);
    // Each from an address of the same network, which has a bucket of requests for itself.
    const { statuses: tried } = await statuses(30, (index) =>
      ask("/v1/metrics", {
        method: "POST",
        headers: { authorization: `Bearer guess-${index}`, ...from("6.6.6.1") },
      }),
    );
    expect(tried).toEqual(Array(30).fill(401));
    expectRefusal(await withToken("guess-31", "6.6.6.1"), 30, /30 tokens within 5 minutes/);
    const another = bearer("pipeline").authorization.slice("Bearer ".length);
    expect((await withToken(another, "6.6.6.1")).status).toBe(429);
    expect((await withToken(known, "6.6.6.1")).status).toBe(200);
    expect((await withToken(another, "6.6.6.2")).status).toBe(200);
  });
});

describe("the size of a request", () => {
  it("413 for a body of the API above 1 MB, declared or sent piece by piece", async () => {
    const body = JSON.stringify({ note: "x".repeat(1_000_000) });
    const headers = { "content-type": "application/json", ...bearer("pipeline") };
    const path = "/api/v1/incidents/i1/cause";
    const declared = { ...headers, "content-length": String(body.length) };
    const chunked = { ...headers, "transfer-encoding": "chunked" };
    for (const sent of [declared, chunked]) {
      const { status, text } = await ask(path, { method: "PUT", headers: sent, body });
      expect([status, JSON.parse(text).limit]).toEqual([413, 1_000_000]);
    }
  });

  it("414 for an address above 8,000 characters", async () => {
    for (const path of ["/services", "/api/v1/deployments", "/api/webhooks/calm"]) {
      const { status, text } = await ask(`${path}?a=${"x".repeat(8_000)}`);
      expect([status, JSON.parse(text).limit]).toEqual([414, 8_000]);
    }
  });

  it("431 for more than 100 headers, and for more than 16 KB of them", async () => {
    const many = Array.from({ length: 101 }, (_, index) => [`x-${index}`, "1"]);
    const counted = await ask("/healthz", { headers: Object.fromEntries(many) });
    expect([counted.status, JSON.parse(counted.text).limit]).toEqual([431, 100]);
    const raw = await speak(`GET /healthz HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(17_000)}\r\n\r\n`);
    expect(raw).toMatch(/^HTTP\/1.1 431 /);
    expect(raw).toContain('"limit":16384');
  });
});

/** What the server answers to bytes that no HTTP client would send. */
function speak(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    let heard = "";
    socket.on("data", (bytes) => {
      heard += bytes;
    });
    socket.on("close", () => resolve(heard));
    socket.on("error", reject);
    socket.write(text);
  });
}
