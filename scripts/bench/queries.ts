import { type Kysely, sql } from "kysely";
import { createDatabase } from "@/db/client";
import type { Database } from "@/db/schema";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { listDeployments } from "@/lib/deployments/list-deployments";
import { readSuspects } from "@/lib/matching/read-suspects";
import { type MetricsQuestion, readMetrics } from "@/lib/metrics/read-metrics";
import { testContext } from "@/lib/testing/context";
import { withPostgres } from "@/scripts/bench/bench-postgres";
import { fillDeployments, services } from "@/scripts/bench/queries/fill";
import { percentile } from "@/scripts/bench/statistics";

const deployments = 100_000;
const days = 365;
const repetitions = 25;
const now = new Date("2026-03-01T00:00:00Z");
const dayMilliseconds = 86_400_000;

/** What pages ask, over 100,000 deployments, beside one pass over all of them in plain SQL. */
export async function benchQueries(): Promise<void> {
  await withPostgres(async (url) => {
    const { db, close } = createDatabase(url, {
      max: 4,
      applicationName: "bench",
      statementTimeoutMs: 60_000,
    });
    try {
      const began = performance.now();
      await fillDeployments(db, { deployments, days, now });
      const seconds = (performance.now() - began) / 1000;
      console.log(`${deployments} deployments of ${services} services in ${seconds.toFixed(1)} s`);
      await measureAll(await contextOver(db));
    } finally {
      await close();
    }
  });
}

async function measureAll(context: Context): Promise<void> {
  const metrics = (window: number, scope: Partial<MetricsQuestion["scope"]>) =>
    readMetrics(context, {
      from: new Date(now.getTime() - window * dayMilliseconds),
      to: now,
      bucket: "week",
      timezone: "Europe/Berlin",
      scope: { services: [], teams: [], environments: [], ...scope },
    });
  const reference = await measure(() => naive(context.db));
  report("reference: all history in plain SQL", reference, reference);
  const questions: [string, () => Promise<unknown>][] = [
    ["metrics, everything, 90 days", () => metrics(90, {})],
    ["metrics, everything, 1 year", () => metrics(365, {})],
    ["metrics, one service, 1 year", () => metrics(365, { services: ["service-7"] })],
    ["suspects, judged on the spot", () => readSuspects(context, "incident", null)],
    ["deployments, first page of 50", () => listDeployments(context, { limit: 50 })],
  ];
  for (const [name, ask] of questions) report(name, await measure(ask), reference);
}

interface Measured {
  p50: number;
  p95: number;
}

async function measure(ask: () => Promise<unknown>): Promise<Measured> {
  await ask();
  const times: number[] = [];
  for (let index = 0; index < repetitions; index += 1) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

function report(name: string, { p50, p95 }: Measured, reference: Measured): void {
  const share = (p50 / reference.p50).toFixed(2);
  console.log(
    `${name.padEnd(38)} p50 ${p50.toFixed(1).padStart(7)} ms   p95 ${p95.toFixed(1).padStart(7)} ms   ${share}× the reference`,
  );
}

/** What a dashboard without kept cells would ask: the same figures by week, over everything. */
async function naive(db: Kysely<Database>): Promise<void> {
  await sql`
    select date_trunc('week', d.at, 'Europe/Berlin') as week, count(distinct d.id),
      count(distinct d.id) filter (where d.failed),
      percentile_cont(array[0.5, 0.9]) within group (order by c.lead_seconds),
      percentile_cont(array[0.5, 0.9]) within group (order by d.recovery_seconds)
    from deployments d left join deployment_changes c on c.deployment_id = d.id
    where d.tier = 'production' and d.completed
    group by 1`.execute(db);
}

function contextOver(db: Kysely<Database>): Promise<Context> {
  return testContext({ db }, {}, { clock: fixedClock(now) });
}
