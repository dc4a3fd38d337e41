import { setTimeout as pause } from "node:timers/promises";
import { second } from "@/scripts/demo/calendar";
import type { DemoEvent } from "@/scripts/demo/events";
import { type SampleBatch, samplesAt } from "@/scripts/demo/metrics";
import { otlpBody } from "@/scripts/demo/otlp";
import { planPullRequest } from "@/scripts/demo/pull-requests";
import { randomFor } from "@/scripts/demo/random";
import { type Credentials, metricsRequest, requestFor } from "@/scripts/demo/requests";
import { sendAll, sendOne, type Target } from "@/scripts/demo/send";
import { shipPullRequest } from "@/scripts/demo/ship";
import type { Line, Simulation } from "@/scripts/demo/simulation";
import { timeOf } from "@/scripts/demo/truth";

export interface LivePlan {
  target: Target;
  credentials: Credentials;
  metrics: boolean;
  stop: AbortSignal;
  /** Real time, unless a test keeps its own. */
  clock?: { now(): number; wait(milliseconds: number): Promise<unknown> };
  tell: (line: string) => void;
}

const reportEvery = 10 * second;
/** Of the history's durations: a build takes under a minute, a rollout some twenty seconds. */
const livePace = 0.12;

/** Goes on from the history in real time until `stop`. */
export async function goLive(simulation: Simulation, plan: LivePlan): Promise<void> {
  const random = randomFor(simulation.settings.seed, "live");
  simulation.pace = livePace;
  simulation.events = [];
  const clock = plan.clock ?? {
    now: Date.now,
    wait: (milliseconds) => pause(milliseconds, undefined, { signal: plan.stop }).catch(() => {}),
  };
  let reportedAt = Math.ceil(simulation.agenda.now / reportEvery) * reportEvery;
  const start = clock.now();
  let nextChangeAt = start;
  const lines = [...simulation.lines.values()];
  const continuous = lines.filter(({ service }) => service.cadence.kind === "continuous");
  while (!plan.stop.aborted) {
    const now = clock.now();
    if (now >= nextChangeAt) {
      startChange(simulation, now, random.pick(continuous));
      // The first few at once, so that nobody waits for something to happen.
      nextChangeAt = now + random.between(25, 60) * second * (now < start + 20 * second ? 0.1 : 1);
    }
    simulation.agenda.advance(now);
    const events = simulation.events.splice(0);
    await sendAll(
      plan.target,
      events.map((event) => requestFor(event, plan.credentials)),
    );
    for (const event of events) {
      const line = headline(event);
      if (line) plan.tell(`${timeOf(event.at).slice(11, 19)} ${line}`);
    }
    for (; plan.metrics && reportedAt + reportEvery <= now; reportedAt += reportEvery)
      await report(simulation, plan, reportedAt, reportedAt + reportEvery);
    await clock.wait(second);
  }
}

function startChange(simulation: Simulation, now: number, line: Line): void {
  simulation.agenda.advance(now);
  const plan = planPullRequest(line, {
    firstCommitAt: now,
    openedAt: now + 4 * second,
    mergedAt: now + 15 * second,
  });
  simulation.agenda.start(shipPullRequest(simulation, line, plan));
}

async function report(
  simulation: Simulation,
  plan: LivePlan,
  from: number,
  to: number,
): Promise<void> {
  const batches: SampleBatch[] = [...simulation.lines.values()].map((line) => ({
    service: line.service.name,
    environment: "production",
    samples: samplesAt(simulation, line, "production", from, to),
  }));
  await sendOne(plan.target, metricsRequest(otlpBody(batches), plan.credentials));
}

function headline(event: DemoEvent): string | null {
  switch (event.type) {
    case "deployment": {
      const { service, environment, artifact, status, steps } = event.deployment;
      const step = status === "running" && steps.length > 0 ? ` ${steps.at(-1)?.percent} %` : "";
      return `${service.name} ${artifact.version} ${status}${step} in ${environment}`;
    }
    case "alerts":
      return `${event.group.service.name}: ${event.group.alerts.map(({ name, endedAt }) => `${name} ${endedAt === null ? "firing" : "resolved"}`).join(", ")}`;
    case "incident":
      return `${event.incident.id} ${event.incident.title}${event.incident.resolvedAt === null ? "" : ": resolved"}`;
    default:
      return null;
  }
}
