import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout } from "node:timers/promises";
import { percentile } from "@/scripts/bench/statistics";
import { secretOf } from "@/scripts/faults/credentials";
import type { Instance } from "@/scripts/faults/instance";

const perSecond = 100;

export interface SteadyLoad {
  latencies: number[];
  /** Answers other than 202. */
  refused: number;
}

/** Signed webhooks at an even rate for as long as the work takes; each waits for none before it. */
async function steadyDuring(instance: Instance, work: () => Promise<unknown>): Promise<SteadyLoad> {
  const load: SteadyLoad = { latencies: [], refused: 0 };
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const state = { over: false };
  const working = work().finally(() => {
    state.over = true;
  });
  const underWay: Promise<void>[] = [];
  const started = performance.now();
  for (let sent = 0; !state.over; sent += 1) {
    const due = started + (sent * 1_000) / perSecond;
    if (due > performance.now()) await setTimeout(due - performance.now());
    underWay.push(sendOne(instance, agent, "steady", load));
  }
  await Promise.all(underWay);
  agent.destroy();
  await working;
  return load;
}

/** Deliveries one after the other on so many connections, as fast as they are answered. */
export async function floodDuring(
  instance: Instance,
  source: string,
  connections: number,
  until: number,
): Promise<SteadyLoad & { retryAfter: number }> {
  const load = { latencies: [], refused: 0, retryAfter: 0 };
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) await sendOne(instance, agent, source, load);
    }),
  );
  agent.destroy();
  return load;
}

/** The steady load by itself, and then beside the work. */
export async function compareSteady(
  instance: Instance,
  work: () => Promise<unknown>,
): Promise<{ normal: number; during: number; refused: number; isUnharmed: boolean }> {
  const alone = await steadyDuring(instance, () => setTimeout(4_000));
  const beside = await steadyDuring(instance, work);
  const after = await steadyDuring(instance, () => setTimeout(4_000));
  const normal = Math.max(p99(alone), p99(after));
  const during = p99(beside);
  return {
    normal,
    during,
    refused: beside.refused,
    // Below 20 ms the machine's own noise is more than twice the figure.
    isUnharmed: during < 2 * Math.max(normal, 10) && beside.refused === 0,
  };
}

function p99({ latencies }: SteadyLoad): number {
  return percentile(latencies, 0.99);
}

function sendOne(
  instance: Instance,
  agent: Agent,
  source: string,
  load: SteadyLoad & { retryAfter?: number },
): Promise<void> {
  const body = JSON.stringify({ zen: randomUUID() });
  const signature = createHmac("sha256", secretOf(source)).update(body).digest("hex");
  const sent = performance.now();
  return new Promise((resolve) => {
    const sending = request(
      `${instance.url}/api/webhooks/${source}`,
      {
        method: "POST",
        agent,
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "x-github-event": "ping",
          "x-github-delivery": randomUUID(),
          "x-hub-signature-256": `sha256=${signature}`,
        },
      },
      (response) => {
        response.resume().once("end", () => {
          if (response.statusCode === 202) load.latencies.push(performance.now() - sent);
          else load.refused += 1;
          if (response.headers["retry-after"]) load.retryAfter = (load.retryAfter ?? 0) + 1;
          resolve();
        });
      },
    );
    sending.once("error", () => {
      load.refused += 1;
      resolve();
    });
    sending.end(body);
  });
}
