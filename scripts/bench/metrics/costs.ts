import type { Context } from "@/lib/context";
import { markCells } from "@/lib/metrics/mark-cells";
import { type MetricsQuestion, readMetrics } from "@/lib/metrics/read-metrics";
import { followMainBranches } from "@/lib/slo/follow-main";
import { readSlos } from "@/lib/slo/read-slos";
import { percentile } from "@/scripts/bench/statistics";

const dayMilliseconds = 86_400_000;

/** What the first question of a scope costs, whose cells nobody keeps ready; the later ones are fast. */
export async function measureFirstUse(context: Context, now: Date): Promise<void> {
  const first: [string, Partial<MetricsQuestion>][] = [
    ["a service, 3 years by day", { scope: { ...all, services: ["service-7"] }, bucket: "day" }],
    ["a zone not kept, 90 days by day", { timezone: "Asia/Kathmandu", bucket: "day" }],
  ];
  for (const [name, question] of first) {
    const days = name.includes("3 years") ? 1_095 : 90;
    const began = performance.now();
    await readMetrics(context, { ...asked(now, days), ...question });
    console.log(`first use of ${name}: ${(performance.now() - began).toFixed(0)} ms`);
  }
  await measureObjectives(context);
}

async function measureObjectives(context: Context): Promise<void> {
  const works: [string, () => Promise<unknown>][] = [
    ["following 200 main branches from their beginning", () => followMainBranches(context.db)],
    ["first use of /slos", () => readSlos(context, {})],
    ["first use of a service's objectives", () => readSlos(context, { service: ["service-7"] })],
  ];
  for (const [name, work] of works) {
    const began = performance.now();
    await work();
    console.log(`${name}: ${(performance.now() - began).toFixed(0)} ms`);
  }
}

/** What one delivery's markings cost, and the read that finds its cells dirty before the keeper does. */
export async function measureDelivery(context: Context, now: Date): Promise<void> {
  const place = { service: "service-7", team: "team-7", environment: "production" };
  const [markings, reads]: [number[], number[]] = [[], []];
  for (let hoursAgo = 30; hoursAgo < 30 + 24 * 20; hoursAgo += 24) {
    const at = new Date(now.getTime() - hoursAgo * 3_600_000);
    const began = performance.now();
    await context.db.transaction().execute((trx) => markCells(trx, [{ ...place, at }]));
    const marked = performance.now();
    await readMetrics(context, asked(now, 365));
    markings.push(marked - began);
    reads.push(performance.now() - marked);
  }
  const told = (times: number[]) =>
    `p50 ${percentile(times, 0.5).toFixed(1)} ms, p95 ${percentile(times, 0.95).toFixed(1)} ms`;
  console.log(`\na delivery marks its cells at 1 M: ${told(markings)}`);
  console.log(`the read of a year by week that counts them anew: ${told(reads)}`);
}

const all = { services: [], teams: [], environments: [] };

function asked(now: Date, days: number): MetricsQuestion {
  return {
    from: new Date(now.getTime() - days * dayMilliseconds),
    to: now,
    bucket: "week",
    timezone: "UTC",
    scope: all,
  };
}
