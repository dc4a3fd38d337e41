import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { otlpBody } from "@/scripts/test/end-to-end/otlp";
import { countersAt, type Phase } from "@/scripts/test/end-to-end/traffic";

export interface Service {
  /** Host and port, for Prometheus to scrape. */
  address: string;
  /** From now on, or from another moment, this version answers so. */
  serve(version: string, requestsPerSecond: number, errorRatio: number, from?: number): void;
  /** Sends Pushline its counters of every second, from `since` on. */
  exportTo(url: string, token: string, since: number): void;
  /** Rejects when Pushline refused what was sent. */
  close(): Promise<void>;
}

/** A service that does nothing but count: its counters at GET /metrics, and as OTLP. */
export async function startService(name: string): Promise<Service> {
  const versions = new Map<string, Phase[]>();
  const closing = new AbortController();
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/plain; version=0.0.4");
    response.end(exposition(versions, Date.now()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  let exporting = Promise.resolve();

  async function keepExporting(url: string, token: string, since: number): Promise<void> {
    let next = since;
    while (!closing.signal.aborted) {
      const times: number[] = [];
      for (; next <= Date.now(); next += 1_000) times.push(next);
      if (times.length > 0) await sendMetrics(url, token, otlpBody(name, versions, times));
      await sleep(1_000, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve(version, requestsPerSecond, errorRatio, from = Date.now()) {
      const phases = versions.get(version) ?? [];
      versions.set(version, [...phases, { from, requestsPerSecond, errorRatio }]);
    },
    exportTo(url, token, since) {
      exporting = keepExporting(url, token, since);
    },
    async close() {
      closing.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await exporting;
    },
  };
}

async function sendMetrics(url: string, token: string, body: object): Promise<void> {
  const response = await fetch(`${url}/v1/metrics`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`OTLP: ${response.status} ${await response.text()}`);
}

function exposition(versions: ReadonlyMap<string, Phase[]>, at: number): string {
  const lines = [...versions].flatMap(([version, phases]) => {
    const { succeeded, failed } = countersAt(phases, at);
    return [
      `http_requests_total{version="${version}",status="200"} ${succeeded}`,
      `http_requests_total{version="${version}",status="500"} ${failed}`,
    ];
  });
  return ["# TYPE http_requests_total counter", ...lines, ""].join("\n");
}
