import { join } from "node:path";
import { sql } from "kysely";
import { createDatabase } from "@/db/client";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { fillCells } from "@/lib/metrics/keep-cells";
import { testContext } from "@/lib/testing/context";
import { withPostgres } from "@/scripts/bench/bench-postgres";
import { measureDelivery, measureFirstUse } from "@/scripts/bench/metrics/costs";
import { fillMetrics, services } from "@/scripts/bench/metrics/fill";
import { benchConfig } from "@/scripts/bench/metrics/instance";
import { type Question, questions } from "@/scripts/bench/metrics/questions";
import { percentile } from "@/scripts/bench/statistics";

const sizes = { small: 100_000, large: 1_000_000 };
const days = 1_096;
const now = new Date("2026-03-18T13:37:00Z");
const repetitions = 15;

/**
 * What /api/v1/metrics, /slos and a drill-down cost with a million deployments, beside
 * the same with a tenth of them and beside the plain SQL over all of history. The two
 * sets stand side by side and take turns, so that their ratio holds on a busy machine.
 */
export async function benchMetrics(): Promise<void> {
  await withSet(sizes.small, (small) =>
    withSet(sizes.large, async (large) => {
      await measureAll(small, large);
      await measureDelivery(large, now);
    }),
  );
}

function withSet(deployments: number, work: (context: Context) => Promise<void>): Promise<void> {
  const kept = process.env.PUSHLINE_BENCH_KEEP;
  return withPostgres(
    async (url) => {
      const { db, close } = createDatabase(url, {
        max: 4,
        applicationName: "bench",
        statementTimeoutMs: 0,
      });
      try {
        const context = await testContext({ db }, benchConfig(), { clock: fixedClock(now) });
        if (!(await isFilled(context))) await fill(context, deployments);
        await work(context);
      } finally {
        await close();
      }
    },
    kept && join(kept, String(deployments)),
  );
}

async function isFilled({ db }: Context): Promise<boolean> {
  const { rows } = await sql`select from slo_cells limit 1`.execute(db);
  return rows.length > 0;
}

async function fill(context: Context, deployments: number): Promise<void> {
  await timed(`${deployments} deployments of ${services} services over ${days} days`, () =>
    fillMetrics(context.db, { deployments, days, now }),
  );
  await timed(
    "cells of everything and every team, UTC and Europe/Berlin, at rest half of the time",
    () => fillCells(context, new AbortController().signal),
  );
  await measureFirstUse(context, now);
}

async function measureAll(small: Context, large: Context): Promise<void> {
  console.log(`\n${"".padEnd(84)}  100 k: p50   p95      1 M: p50   p95   ratio of p50`);
  const groups = new Map<string, { worst: number; ratios: number[] }>();
  for (const question of questions(now)) {
    const [few, many] = await inTurns(question, small, large);
    const ratio = many.p50 / few.p50;
    const columns = [few.p50, few.p95, many.p50, many.p95].map((ms) => ms.toFixed(1).padStart(7));
    console.log(`${question.name.padEnd(84)}  ${columns.join("  ")}   ${ratio.toFixed(2)}×`);
    if (question.isReference) continue;
    const [name = ""] = question.name.split(":");
    const group = groups.get(name) ?? { worst: 0, ratios: [] };
    groups.set(name, group);
    group.ratios.push(ratio);
    group.worst = Math.max(group.worst, many.p95);
  }
  console.log("");
  for (const [name, { worst, ratios }] of groups)
    console.log(
      `${name}: worst p95 at 1 M ${worst.toFixed(1)} ms; ratio 1 M / 100 k: median ${percentile(ratios, 0.5).toFixed(2)}, worst ${Math.max(...ratios).toFixed(2)}`,
    );
}

interface Measured {
  p50: number;
  p95: number;
}

async function inTurns(
  { ask, isReference }: Question,
  ...contexts: Context[]
): Promise<[Measured, Measured]> {
  const times: number[][] = contexts.map(() => []);
  const rounds = isReference ? 2 : repetitions;
  for (let round = -2; round < rounds; round += 1)
    for (const [index, context] of contexts.entries()) {
      const began = performance.now();
      JSON.stringify(await ask(context));
      if (round >= 0) times[index]?.push(performance.now() - began);
      else if (isReference) break;
    }
  const [few = [], many = []] = times;
  const of = (list: number[]) => ({ p50: percentile(list, 0.5), p95: percentile(list, 0.95) });
  return [of(few), of(many)];
}

async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  console.log(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
