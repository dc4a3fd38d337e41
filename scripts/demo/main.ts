import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { configurationOf } from "@/scripts/demo/configuration";
import { findOpenIncident } from "@/scripts/demo/find-incident";
import { goLive } from "@/scripts/demo/live";
import { historyOf } from "@/scripts/demo/metrics";
import { openInstance } from "@/scripts/demo/open-instance";
import { type Options, readOptions, usage } from "@/scripts/demo/options";
import { inBatches, shuffled, singly } from "@/scripts/demo/order";
import { otlpBody } from "@/scripts/demo/otlp";
import { checkInstance, filledAlready } from "@/scripts/demo/preflight";
import { counter } from "@/scripts/demo/progress";
import { type DemoRequest, metricsRequest } from "@/scripts/demo/requests";
import { DemoError, sendAll, type Target } from "@/scripts/demo/send";
import { simulate } from "@/scripts/demo/simulate";
import type { Simulation } from "@/scripts/demo/simulation";
import { summaryOf } from "@/scripts/demo/summary";
import { truthOf } from "@/scripts/demo/truth";
import { type World, worldOf } from "@/scripts/demo/world";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env, Date.now());
  const world = worldOf(options.services, options.fast);
  if (options.help) return say(usage);
  if (options.printConfig) {
    process.stdout.write(configurationOf(worldOf(options.services)));
    return;
  }

  const target: Target = { url: options.url, connections: options.connections };
  const own = options.open ? await openInstance(options.url) : null;
  try {
    const isFilled = await checkInstance(target, options.token);
    if (!isFilled || options.anyway) await fill(world, target, options);
    else if (own) say("It was filled before; Ctrl-C stops it.");
    else throw new DemoError(filledAlready(options.url));
  } catch (error) {
    own?.stop();
    throw error;
  }
  if (own) process.exitCode = await own.ended;
}

async function fill(world: World, target: Target, options: Options): Promise<void> {
  const simulation = simulate(world, {
    seed: options.seed,
    now: options.now,
    days: options.days,
    scale: options.scale,
    short: options.fast,
  });
  const truth = truthOf(simulation);
  await writeFile(options.truth, `${JSON.stringify(truth, null, 1)}\n`);

  // Metrics first: what looks at an alert when it arrives finds them there.
  if (options.metrics) await sendMetrics(simulation, target, options);
  await sendEvents(simulation, target, options);
  const incident = await findOpenIncident(truth, options);
  say(summaryOf(truth, options.url, resolve(options.truth), incident));
  if (options.live) await live(simulation, target, options);
}

async function sendMetrics(
  simulation: Simulation,
  target: Target,
  options: Options,
): Promise<void> {
  const progress = counter("Metrics, reports of an instance", null);
  function* requests(): Generator<DemoRequest> {
    for (const line of simulation.lines.values())
      for (const batch of historyOf(simulation, line)) {
        progress.add(batch.samples.length);
        yield metricsRequest(otlpBody([batch]), options);
      }
  }
  // Their writer takes one request at a time; more would only queue at its door.
  await sendAll({ ...target, connections: Math.min(3, target.connections) }, requests());
  progress.end();
}

async function sendEvents(simulation: Simulation, target: Target, options: Options): Promise<void> {
  const events = shuffled(simulation.events, options.seed);
  const progress = counter(
    options.fast ? "Requests of native events" : "Deliveries",
    options.fast ? null : events.length,
  );
  const requests = options.fast ? inBatches(events, options) : singly(events, options);
  await sendAll(target, requests, () => progress.add());
  progress.end();
}

async function live(simulation: Simulation, target: Target, options: Options): Promise<void> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  say("Going on in real time; Ctrl-C ends it.");
  await goLive(simulation, {
    target,
    credentials: options,
    metrics: options.metrics,
    stop: stop.signal,
    tell: say,
  });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof DemoError ? error.message : error instanceof Error ? error.stack : error}\n`,
  );
  process.exitCode = 1;
});
