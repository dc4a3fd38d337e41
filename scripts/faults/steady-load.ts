import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout } from "node:timers/promises";
import { percentile } from "@/scripts/bench/statistics";
import { secretOf } from "@/scripts/faults/credentials";
import type { Instance } from "@/scripts/faults/instance";

const steady = { source: "steady", perSecond: 100 };

export interface SteadyLoad {
  latencies: number[];
  /** Answers other than 202, and those of them that say when to come again. */
  refused: number;
  retryAfter: number;
}

/** Signed webhooks of a source at an even rate for as long as the work takes; none waits for one before it. */
export async function sendDuring(
  instance: Instance,
  { source, perSecond }: { source: string; perSecond: number },
  work: () => Promise<unknown>,
): Promise<SteadyLoad> {
  const load: SteadyLoad = { latencies: [], refused: 0, retryAfter: 0 };
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
    underWay.push(sendOne(instance, agent, source, load));
  }
  await Promise.all(underWay);
  agent.destroy();
  await working;
  return load;
}

/** The steady load by itself, and then beside the work. */
export async function compareSteady(
  instance: Instance,
  work: () => Promise<unknown>,
): Promise<{ normal: number; during: number; refused: number; isUnharmed: boolean }> {
  const alone = await sendDuring(instance, steady, () => setTimeout(4_000));
  const beside = await sendDuring(instance, steady, work);
  const after = await sendDuring(instance, steady, () => setTimeout(4_000));
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
  load: SteadyLoad,
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
          if (response.headers["retry-after"]) load.retryAfter += 1;
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
