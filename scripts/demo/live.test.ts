import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { minute } from "@/scripts/demo/calendar";
import { goLive } from "@/scripts/demo/live";
import { simulate } from "@/scripts/demo/simulate";
import { truthOf } from "@/scripts/demo/truth";
import { worldOf } from "@/scripts/demo/world";

const start = Date.parse("2026-11-21T14:00:00Z");
const posts: { path: string; body: string }[] = [];
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    const body = Buffer.concat(parts);
    const text = (
      request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body
    ).toString();
    posts.push({ path: request.url ?? "", body: text });
    response.writeHead(202).end("{}");
  });
});
const simulation = simulate(worldOf(), { seed: "a", now: start, days: 3, scale: 1, short: false });
const told: string[] = [];

/** Half an hour, in which a second passes whenever one is waited for. */
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const stop = new AbortController();
  let now = start;
  await goLive(simulation, {
    target: { url: `http://127.0.0.1:${port}`, connections: 4 },
    credentials: { token: "t" },
    metrics: true,
    stop: stop.signal,
    tell: (line) => told.push(line),
    clock: {
      now: () => now,
      wait: async (milliseconds) => {
        now += milliseconds;
        if (now > start + 30 * minute) stop.abort();
      },
    },
  });
}, 60_000);

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe("going on in real time", () => {
  it("finishes what was under way: the open incident is rolled back and resolved, the canary completes", () => {
    const { incidents, deployments } = truthOf(simulation);
    expect(incidents.find(({ story }) => story === "open_at_the_end")).toMatchObject({
      resolvedAt: expect.any(String),
      remedies: [{ kind: "rollback", held: true }],
    });
    const search = deployments.filter(
      ({ service, startedAt }) =>
        service === "search" && (startedAt ?? "") < new Date(start).toISOString(),
    );
    expect(search.at(-1)?.status).toBe("succeeded");
  });

  it("deploys to production about once a minute", () => {
    const finished = truthOf(simulation).deployments.filter(
      ({ environment, finishedAt }) =>
        environment === "production" && (finishedAt ?? "") > new Date(start).toISOString(),
    );
    expect(finished.length).toBeGreaterThanOrEqual(20);
    expect(told.some((line) => line.includes("succeeded in production"))).toBe(true);
  });

  it("reports every service's metrics every ten seconds, without a gap", () => {
    const metrics = posts.filter(({ path }) => path === "/v1/metrics");
    expect(metrics.length).toBeGreaterThanOrEqual(175);
    for (const { name } of simulation.world.services)
      expect(metrics.at(-1)?.body).toContain(`"stringValue":"${name}"`);
    const times = metrics.map(({ body }) => /"timeUnixNano":"(\d+)"/.exec(body)?.[1] ?? "");
    for (const [index, time] of times.entries())
      if (index > 0) expect(BigInt(time) - BigInt(times[index - 1] ?? "0")).toBe(10_000_000_000n);
  });
});
