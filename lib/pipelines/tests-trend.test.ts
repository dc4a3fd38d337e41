import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { listTestRuns } from "@/lib/facts/list-test-runs";
import { readTestCases } from "@/lib/pipelines/read-test-cases";
import { readTestsTrend } from "@/lib/pipelines/read-tests-trend";
import { scopeOf } from "@/lib/pipelines/scope";
import { insertRun } from "@/lib/pipelines/testing";
import type { TrendQuestion } from "@/lib/pipelines/window";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  database = await testDatabase();
  context = await testContext(database);
});
afterAll(() => database.close());
beforeEach(() => database.db.deleteFrom("test_runs").execute());

const at = (text: string) => new Date(text);
const twoWeeks: TrendQuestion = {
  from: at("2026-03-02T00:00:00Z"),
  to: at("2026-03-16T00:00:00Z"),
  bucket: "week",
  timezone: "UTC",
  weekStart: "monday",
  scope: scopeOf({}),
  compare: true,
};
const run = (finished: string, more: object = {}) =>
  insertRun(database.db, { finished_at: at(finished), ...more });
const answer = (more: Partial<TrendQuestion> = {}) =>
  readTestsTrend(context, { ...twoWeeks, ...more });

describe("readTestsTrend", () => {
  it("answers null, with n 0, where nothing ran", async () => {
    const { total, buckets, previous, suites } = await answer();
    expect(buckets).toHaveLength(2);
    for (const figures of [total, previous?.total, ...buckets])
      expect(figures).toMatchObject({
        runs: 0,
        tests: null,
        flakyRate: null,
        p50Seconds: null,
        coverage: null,
      });
    expect(suites).toEqual([]);
  });

  it("has the size and coverage of each suite's last word, added up and averaged", async () => {
    await run("2026-03-03T10:00:00Z", { tests: 100, skipped: 1, coverage: 0.5 });
    await run("2026-03-04T10:00:00Z", { tests: 110, skipped: 2, coverage: 0.6 });
    await run("2026-03-05T10:00:00Z", { name: "browser", tests: 20, coverage: 0.8 });
    await run("2026-03-11T10:00:00Z", { tests: 120 });
    const { total, buckets } = await answer();
    expect(buckets[0]).toMatchObject({ runs: 3, tests: 130, skipped: 2 });
    expect(buckets[0]?.coverage).toBeCloseTo(0.7);
    expect(buckets[1]).toMatchObject({ runs: 1, tests: 120, coverage: null });
    expect(total).toMatchObject({ runs: 4, tests: 140 });
    expect(total.coverage).toBeCloseTo(0.7);
  });

  it("calls a run flaky that reports flaky cases, or failed before its suite passed on the same revision", async () => {
    await run("2026-03-03T10:00:00Z", { flaky: 2 });
    await run("2026-03-03T11:00:00Z", { status: "failed", failed: 3, revision: "again" });
    await run("2026-03-20T11:00:00Z", { revision: "again" });
    await run("2026-03-03T12:00:00Z", { status: "failed", failed: 1, revision: "broken" });
    await run("2026-03-03T13:00:00Z", { revision: "broken", name: "browser" });
    await run("2026-03-03T14:00:00Z", { status: "canceled" });
    const { total, suites } = await answer();
    expect(total).toMatchObject({
      runs: 4,
      failedRuns: 2,
      successRate: 0.5,
      failed: 4,
      flaky: 2,
      flakyRuns: 2,
      flakyRate: 0.5,
    });
    expect(suites.map(({ name, flakyRuns }) => [name, flakyRuns])).toEqual([
      ["unit", 2],
      ["browser", 0],
    ]);
    const window = { from: twoWeeks.from, to: twoWeeks.to, limit: 10 };
    const behind = await listTestRuns(context, { ...window, counted: true, flaky: true });
    expect(behind.items).toHaveLength(total.flakyRuns);
  });

  it("treats runs without a name as one suite of their repository, found as (unnamed)", async () => {
    await run("2026-03-03T10:00:00Z", { name: null, status: "failed", revision: "r" });
    await run("2026-03-03T11:00:00Z", { name: null, revision: "r" });
    const { suites } = await answer({ scope: scopeOf({ name: ["(unnamed)"] }) });
    expect(suites).toMatchObject([{ name: null, runs: 2, flakyRuns: 1, p50Seconds: 60 }]);
  });
});

describe("readTestCases", () => {
  it("ranks the cases that runs keep by how often they fail, and by their middle time", async () => {
    const kept = (...cases: [name: string, status: string, seconds: number | null][]) => ({
      cases: JSON.stringify(cases.map(([name, status, seconds]) => ({ name, status, seconds }))),
    });
    await run("2026-03-03T10:00:00Z", kept(["pays", "failed", 2], ["adds", "succeeded", 9]));
    await run("2026-03-04T10:00:00Z", kept(["pays", "failed", 4], ["adds", "flaky", 11]));
    await run("2026-03-05T10:00:00Z", kept(["pays", "succeeded", 3], ["ships", "succeeded", null]));
    await run("2026-02-05T10:00:00Z", kept(["old", "failed", 300]));
    const { runs, failing, slowest } = await readTestCases(context, twoWeeks);
    expect(runs).toBe(3);
    expect(failing).toMatchObject([
      { name: "pays", repository: "acme/checkout", suite: "unit", failed: 2, flaky: 0 },
      { name: "adds", failed: 0, flaky: 1 },
    ]);
    expect(slowest).toMatchObject([
      { name: "adds", n: 2, p50Seconds: 10, longestSeconds: 11 },
      { name: "pays", n: 3, p50Seconds: 3, longestSeconds: 4 },
    ]);
  });
});
