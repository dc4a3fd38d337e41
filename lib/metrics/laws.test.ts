import fc from "fast-check";
import type { Insertable } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeploymentsTable } from "@/db/schema/attempts";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import type { FiguresAnswer } from "@/lib/http/figure-answers";
import { type MetricsQuestion, readMetrics } from "@/lib/metrics/read-metrics";
import { readRows } from "@/lib/metrics/read-rows";
import { deploymentRow, shipChanges } from "@/lib/metrics/testing";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock: fixedClock("2026-06-20T00:00:00Z") });
});
afterAll(() => database.close());

const services = ["checkout", "ledger", "web"] as const;
const teamOf = { checkout: "payments", ledger: "payments", web: "shop" };
const history = { from: Date.UTC(2026, 0, 20), to: Date.UTC(2026, 5, 10) };
const instant = fc.integer({ min: history.from, max: history.to }).map((at) => new Date(at));

const generated = fc.record({
  at: instant,
  service: fc.constantFrom(...services),
  kind: fc.constantFrom("deploy", "deploy", "deploy", "rollback", "redeploy", "fix_forward"),
  status: fc.constantFrom("succeeded", "succeeded", "failed", "canceled"),
  failed: fc.boolean(),
  tier: fc.constantFrom("production", "production", "production", "staging"),
  counted: fc.constantFrom(true, true, true, false),
  recovery: fc.option(fc.integer({ min: 0, max: 100_000_000 })),
  leads: fc.array(fc.option(fc.integer({ min: 0, max: 4_000_000_000 })), { maxLength: 6 }),
  /** Which of a few remedies the failure had: some serve several failures. */
  remedies: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }),
});
type Generated = typeof generated extends fc.Arbitrary<infer Value> ? Value : never;
const deployments = fc.array(generated, { minLength: 1, maxLength: 60 });

const windows = fc
  .record({
    one: instant,
    other: instant,
    bucket: fc.constantFrom("day", "week", "month"),
    timezone: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"),
    weekStart: fc.constantFrom("monday", "sunday", "saturday"),
  })
  .map(({ one, other, ...rest }) => {
    const [from = one, to = other] = [one, other].sort((a, b) => a.getTime() - b.getTime());
    return { ...rest, from, to: new Date(Math.max(to.getTime(), from.getTime() + 1)) };
  });

const remedyKinds = ["rollback", "revert", "fix_forward"];

async function store(history: readonly Generated[]): Promise<void> {
  for (const table of ["deployments", "deployment_changes", "metric_cells"] as const)
    await database.db.deleteFrom(table).execute();
  for (const [index, one] of history.entries()) {
    const { leads, remedies, recovery, ...row } = one;
    const completed = row.status === "succeeded";
    const failed = row.failed && completed && row.tier === "production";
    const deployment: Insertable<DeploymentsTable> & { at: Date } = deploymentRow({
      ...row,
      id: `generated-${index}`,
      environment: row.tier,
      team: teamOf[row.service],
      completed,
      failed,
      rework: row.kind === "rollback" || row.kind === "fix_forward",
      restored_at: failed && recovery !== null ? row.at : null,
      recovery_seconds: failed && recovery !== null ? recovery / 1000 : null,
      held_by: failed && recovery !== null ? "none" : null,
      remedies: JSON.stringify(
        failed ? remedies.map((n) => ({ kind: remedyKinds[n % 3], deployment: `r${n}` })) : [],
      ),
    });
    await database.db.insertInto("deployments").values(deployment).execute();
    const seconds = leads.map((lead) => (lead === null ? null : lead / 1000));
    if (completed && seconds.length > 0) await shipChanges(database.db, deployment, seconds);
  }
}

const everything = { services: [], teams: [], environments: [] };
const scopes: MetricsQuestion["scope"][] = [
  everything,
  { ...everything, teams: ["payments"] },
  { ...everything, services: ["checkout"] },
  { ...everything, environments: ["staging"] },
];

/** All that adds up. */
function countsOf(figures: FiguresAnswer): number[] {
  const { deploymentFrequency, leadTime, changeFailRate, recoveryTime, reworkRate } = figures;
  const { tried, rollbackFirst: _, ...held } = figures.remedies;
  return [
    deploymentFrequency.deployments,
    leadTime.n,
    leadTime.anomalies,
    changeFailRate.n,
    changeFailRate.failed,
    recoveryTime.n,
    recoveryTime.open,
    reworkRate.n,
    reworkRate.rework,
    figures.deploymentSuccess.n,
    figures.deploymentSuccess.succeeded,
    ...Object.values(held),
    ...Object.values(tried),
  ];
}

function sum(lists: readonly number[][]): number[] {
  return lists.reduce((total, list) => total.map((n, index) => n + (list[index] ?? 0)));
}

const percentilesOf = ({ leadTime, recoveryTime }: FiguresAnswer) =>
  [leadTime, recoveryTime].map(({ n, p50Seconds, p90Seconds }) => ({ n, p50Seconds, p90Seconds }));

describe("whatever was deployed", () => {
  test("totals are the sums of their buckets, and percentiles those of all rows", async () => {
    await fc.assert(
      fc.asyncProperty(deployments, windows, async (history, window) => {
        await store(history);
        for (const scope of scopes) {
          const answer = await readMetrics(context, { ...window, scope, compare: "previous" });
          expect(sum(answer.buckets.map(countsOf))).toEqual(countsOf(answer.total));
          const span = { start: window.from, end: window.to };
          const { windows: exact } = await readRows(database.db, {
            scope,
            timezone: window.timezone,
            periods: [],
            windows: [span],
            stages: false,
          });
          const tally = exact[0]?.tally;
          expect(percentilesOf(answer.total)).toEqual([
            { n: tally?.counts.leadTimes, ...named(tally?.leadTime) },
            { n: tally?.counts.restored, ...named(tally?.recovery) },
          ]);
          expect(answer.total.leadTime).not.toHaveProperty("errorAtMost");
        }
      }),
      { seed: 9, numRuns: 12 },
    );
  }, 120_000);

  test("rates lie within 0..1 and within their intervals, and a week has seven days at most", async () => {
    await fc.assert(
      fc.asyncProperty(deployments, windows, async (history, window) => {
        await store(history);
        const { total, buckets } = await readMetrics(context, { ...window, scope: everything });
        for (const figures of [total, ...buckets]) {
          const { changeFailRate, reworkRate, deploymentSuccess, deploymentFrequency } = figures;
          expect(deploymentFrequency.deploymentDaysPerWeek).toBeGreaterThanOrEqual(0);
          expect(deploymentFrequency.deploymentDaysPerWeek).toBeLessThanOrEqual(7);
          for (const { rate } of [changeFailRate, reworkRate, deploymentSuccess])
            expect(rate === null || (rate >= 0 && rate <= 1)).toBe(true);
          for (const { n, rate, interval } of [changeFailRate, reworkRate]) {
            expect(interval === null).toBe(n === 0);
            if (rate === null || interval === null) continue;
            expect(interval.low).toBeLessThanOrEqual(rate);
            expect(interval.high).toBeGreaterThanOrEqual(rate);
          }
        }
      }),
      { seed: 10, numRuns: 12 },
    );
  }, 120_000);

  test("widening a filter never loses a deployment, and services add up to the whole", async () => {
    await fc.assert(
      fc.asyncProperty(deployments, windows, async (history, window) => {
        await store(history);
        const ask = async (scope: Partial<MetricsQuestion["scope"]>) =>
          (await readMetrics(context, { ...window, scope: { ...everything, ...scope } })).total;
        const [service, team, whole] = [
          await ask({ services: ["checkout"] }),
          await ask({ teams: ["payments"] }),
          await ask({}),
        ];
        countsOf(team).forEach((n, index) => {
          expect(n).toBeGreaterThanOrEqual(countsOf(service)[index] ?? 0);
          expect(n).toBeLessThanOrEqual(countsOf(whole)[index] ?? 0);
        });
        const each = [];
        for (const name of services) each.push(countsOf(await ask({ services: [name] })));
        expect(sum(each)).toEqual(countsOf(whole));
      }),
      { seed: 11, numRuns: 12 },
    );
  }, 120_000);
});

function named(percentiles: { p50: number | null; p90: number | null } | undefined) {
  return { p50Seconds: percentiles?.p50, p90Seconds: percentiles?.p90 };
}
