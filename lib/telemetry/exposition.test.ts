import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearer, type TestServer, testServer, testSource } from "@/lib/http/server/testing";
import { deploymentRow } from "@/lib/metrics/testing";
import { recordQueried } from "@/lib/telemetry/record-queried";
import { startTelemetry, type Telemetry } from "@/lib/telemetry/start";
import { parseOpenMetrics } from "@/lib/telemetry/testing";

const collected: string[] = [];
const collector = createServer((request, response) => {
  collected.push(`${request.method} ${request.url} ${request.headers["content-type"]}`);
  request.resume().on("end", () => response.end());
});

let server: TestServer;
let telemetry: Telemetry;
beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  const { port } = collector.address() as AddressInfo;
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
  telemetry = await startTelemetry(process.env, () => undefined);
  server = await testServer({ sources: [testSource({ name: "github" })], telemetry });
  const at = new Date(Date.now() - 86_400_000);
  await server.database.db
    .insertInto("deployments")
    .values([deploymentRow({ at }), deploymentRow({ at, service: "ledger" })])
    .execute();
});
afterAll(async () => {
  await server.close();
  await new Promise((resolve) => collector.close(resolve));
});

async function scrape() {
  const response = await fetch(`${server.url}/metrics`, { headers: bearer("reader") });
  return { response, families: parseOpenMetrics(await response.text()) };
}

describe("GET /metrics", () => {
  it("200 in OpenMetrics: what was received, the instance's state, the DORA gauges", async () => {
    const body = Buffer.from("{}");
    for (const id of ["one", "one", "two"]) {
      const signature = createHmac("sha256", "current-secret").update(body).digest("hex");
      await fetch(`${server.url}/api/webhooks/github`, {
        method: "POST",
        body,
        headers: { "x-github-delivery": id, "x-hub-signature-256": `sha256=${signature}` },
      });
    }
    recordQueried("listDeployments", 0.02);
    const { response, families } = await scrape();
    expect(response.headers.get("content-type")).toBe(
      "application/openmetrics-text; version=1.0.0; charset=utf-8",
    );
    expect(families.get("pushline_deliveries_received")).toMatchObject({
      type: "counter",
      samples: expect.arrayContaining([
        expect.objectContaining({ labels: { source: "github", outcome: "accepted" }, value: 2 }),
        expect.objectContaining({ labels: { source: "github", outcome: "duplicate" }, value: 1 }),
      ]),
    });
    expect(families.get("pushline_deliveries_pending")?.samples[0]?.value).toBe(2);
    expect(families.get("pushline_projection_lag_seconds")?.samples[0]?.value).toBeGreaterThan(0);
    expect(families.get("pushline_live_clients")?.samples[0]?.value).toBe(0);
    expect(families.get("pushline_process_memory_bytes")?.samples.length).toBe(3);
    expect(families.get("pushline_database_connections")?.samples.length).toBe(6);
    expect(families.get("pushline_dora_deployments")?.samples).toEqual(
      [
        { scope: "all" },
        { scope: "service", service: "checkout" },
        { scope: "service", service: "ledger" },
      ].map((labels, index) => ({
        name: "pushline_dora_deployments",
        labels,
        value: index === 0 ? 2 : 1,
      })),
    );
    expect(families.has("pushline_dora_recovery_time_seconds")).toBe(false);
  });

  it("counts a histogram's buckets upward to its count", async () => {
    const { families } = await scrape();
    const samples = families.get("pushline_query_duration_seconds")?.samples ?? [];
    const buckets = samples.filter(({ name }) => name.endsWith("_bucket"));
    expect(buckets.at(-1)?.labels).toEqual({ operation: "listDeployments", le: "+Inf" });
    const values = buckets.map(({ value }) => value);
    expect(values).toEqual([...values].sort((one, other) => one - other));
    expect(values.at(-1)).toBe(samples.find(({ name }) => name.endsWith("_count"))?.value);
    expect(buckets.find(({ labels }) => labels.le === "0.025")?.value).toBe(1);
    expect(buckets.find(({ labels }) => labels.le === "0.01")?.value).toBe(0);
  });

  it("401 without a token, 403 without the scope", async () => {
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    const response = await fetch(`${server.url}/metrics`, { headers: bearer("sender") });
    expect(response.status).toBe(403);
  });
});

it("sends spans and metrics to where OTEL_EXPORTER_OTLP_ENDPOINT points", async () => {
  await telemetry.close();
  expect(new Set(collected)).toEqual(
    new Set(["POST /v1/traces application/x-protobuf", "POST /v1/metrics application/x-protobuf"]),
  );
});
