import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { otlpRequest } from "@/lib/series/otlp/schema";
import { toSeries } from "@/lib/series/otlp/to-series";
import { parseNativeEvents } from "@/lib/sources/native/parse";
import { providerNamed } from "@/lib/sources/registry";
import { historyOf } from "@/scripts/demo/metrics";
import { inBatches } from "@/scripts/demo/order";
import { otlpBody } from "@/scripts/demo/otlp";
import { metricsRequest, requestFor } from "@/scripts/demo/requests";
import { demoSecrets } from "@/scripts/demo/secrets";
import { simulate } from "@/scripts/demo/simulate";
import { lineOf } from "@/scripts/demo/simulation";
import { worldOf } from "@/scripts/demo/world";

const now = Date.parse("2026-11-21T14:00:00Z");
const settings = { seed: "a", now, days: 14, scale: 1 };
const simulation = simulate(worldOf(), { ...settings, short: false });
const receivedAt = new Date(now);

describe("what the demo sends", () => {
  const requests = simulation.events.map((event) => requestFor(event, { token: "t" }));

  it.each(["github", "alerts"])("to %s is proved and read, nothing of it ignored", (source) => {
    const provider = providerNamed(source === "alerts" ? "alertmanager" : source);
    const sent = requests.filter(({ path }) => path === `/api/webhooks/${source}`);
    expect(sent.length).toBeGreaterThan(10);
    for (const { headers, body } of sent) {
      const input = { source, headers, body: Buffer.from(body), receivedAt };
      if (source === "github") expect(provider?.verify?.(input, demoSecrets.github)).toBe(true);
      expect(provider?.read(input)).toMatchObject({ outcome: "read" });
    }
  });

  it("as native events is valid, singly and in batches", () => {
    const sent = requests.filter(({ path }) => path === "/api/v1/events");
    expect(sent.length).toBeGreaterThan(100);
    for (const { body } of sent) expect(parseNativeEvents(JSON.parse(String(body))).length).toBe(1);
    const short = simulate(worldOf(20, true), { ...settings, short: true });
    const batches = [...inBatches(short.events, { token: "t" })].filter(
      ({ path }) => path === "/api/v1/events",
    );
    const events = batches.flatMap(({ body }) => parseNativeEvents(JSON.parse(String(body))));
    expect(events.filter(({ type }) => type === "deployment").length).toBeGreaterThan(100);
    expect(events.filter(({ type }) => type === "change").length).toBeGreaterThan(100);
  });

  it("as reports of tests is read, each with its cases, some failed and some flaky", () => {
    const sent = requests.filter(({ path }) => path.startsWith("/api/v1/test-runs?"));
    expect(sent.length).toBeGreaterThan(50);
    const reports = sent.map(({ path, body }) => {
      const headers = { "pushline-query": path.slice(path.indexOf("?") + 1) };
      const input = { source: "demo", headers, body: Buffer.from(body), receivedAt };
      const reading = providerNamed("junit")?.read(input);
      const [statement] = reading?.outcome === "read" ? reading.statements : [];
      return statement?.noun === "test_run" ? statement.members : null;
    });
    expect(reports.every((members) => (members?.tests ?? 0) > 10)).toBe(true);
    expect(reports.some((members) => members?.status === "failed")).toBe(true);
    expect(reports.some((members) => (members?.flaky ?? 0) > 0)).toBe(true);
  });

  it("as metrics becomes series of the service, its environment and versions", () => {
    for (const batch of historyOf(simulation, lineOf(simulation, "search"))) {
      const { body } = metricsRequest(otlpBody([batch]), { token: "t" });
      const series = toSeries(otlpRequest.parse(JSON.parse(gunzipSync(body as Buffer).toString())));
      expect(new Set(series.map(({ service }) => service))).toEqual(new Set(["search"]));
      expect(new Set(series.map(({ metric }) => metric))).toEqual(
        new Set([
          "http.server.request.duration.count",
          "http.server.request.duration.sum",
          "http.server.request.duration.bucket",
          "process.cpu.utilization",
          "process.memory.usage",
        ]),
      );
    }
  });
});
