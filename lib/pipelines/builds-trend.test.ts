import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { listBuilds } from "@/lib/facts/list-builds";
import { readBuildsTrend } from "@/lib/pipelines/read-builds-trend";
import { scopeOf } from "@/lib/pipelines/scope";
import { insertBuild } from "@/lib/pipelines/testing";
import type { TrendQuestion } from "@/lib/pipelines/window";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  database = await testDatabase();
  const rule = { repository: "acme/Checkout", team: "payments" };
  context = await testContext(database, {
    services: [{ name: "checkout", paths: [], deployments: [], dependsOn: [], ...rule }] as never,
  });
});
afterAll(() => database.close());
beforeEach(() => database.db.deleteFrom("builds").execute());

const at = (text: string) => new Date(text);
const berlin: TrendQuestion = {
  from: at("2026-03-23T00:00:00+01:00"),
  to: at("2026-04-06T00:00:00+02:00"),
  bucket: "day",
  timezone: "Europe/Berlin",
  weekStart: "monday",
  scope: scopeOf({}),
  compare: true,
};
const build = (finished: string, more: object = {}) =>
  insertBuild(database.db, { finished_at: at(finished), ...more });
const answer = (more: Partial<TrendQuestion> = {}) =>
  readBuildsTrend(context, { ...berlin, ...more });

describe("readBuildsTrend", () => {
  it("has every bucket of the zone, the day of 23 hours too, and null where nothing was built", async () => {
    const { buckets, total, previous } = await answer();
    expect(buckets).toHaveLength(14);
    const hours = buckets.map(
      ({ start, end }) => (Date.parse(end) - Date.parse(start)) / 3_600_000,
    );
    expect(hours[6]).toBe(23);
    for (const figures of [...buckets, total, previous?.total])
      expect(figures).toMatchObject({ n: 0, successRate: null, p50Seconds: null, flakyRate: null });
  });

  it("is succeeded over succeeded and failed, canceled apart, in the bucket of the finish", async () => {
    await build("2026-03-24T22:59:00Z");
    await build("2026-03-24T23:01:00Z", { status: "failed" });
    await build("2026-03-25T10:00:00Z");
    await build("2026-03-25T11:00:00Z", { status: "canceled" });
    await build("2026-03-25T12:00:00Z", { status: "running" });
    await build("2026-03-20T12:00:00Z", { status: "failed" });
    const { buckets, total, previous } = await answer();
    expect(buckets[1]).toMatchObject({ n: 1, succeeded: 1, successRate: 1 });
    expect(buckets[2]).toMatchObject({ n: 2, failed: 1, canceled: 1, successRate: 0.5 });
    expect(total).toMatchObject({ n: 3, succeeded: 2, failed: 1, canceled: 1, successRate: 2 / 3 });
    expect(previous?.total).toMatchObject({ n: 1, successRate: 0 });
  });

  it("tells exact percentiles, the queue apart, and leaves out what is not known", async () => {
    for (const minutes of [10, 20, 40])
      await build("2026-03-25T12:00:00Z", {
        started_at: new Date(at("2026-03-25T12:00:00Z").getTime() - minutes * 60_000),
        queued_at: new Date(at("2026-03-25T11:58:00Z").getTime() - minutes * 60_000),
      });
    await build("2026-03-25T12:00:00Z", { started_at: null });
    await build("2026-03-25T12:00:00Z", { started_at: at("2026-03-25T12:01:00Z") });
    expect((await answer()).total).toMatchObject({
      n: 5,
      durationN: 3,
      p50Seconds: 1200,
      p90Seconds: 2160,
      queueN: 3,
      queueP50Seconds: 120,
    });
  });

  it("calls a failure flaky when the same build of the same revision passed later", async () => {
    const same = { revision: "same" };
    await build("2026-03-25T10:00:00Z", { ...same, status: "failed" });
    await build("2026-03-25T11:00:00Z", same);
    await build("2026-03-25T12:00:00Z", { ...same, status: "failed" });
    await build("2026-03-25T10:00:00Z", { ...same, status: "failed", name: "other" });
    await build("2026-03-25T10:00:00Z", { status: "failed" });
    expect((await answer()).total).toMatchObject({ n: 5, failed: 4, flaky: 1, flakyRate: 0.2 });
    const flaky = await listBuilds(context, { flaky: true, counted: true, limit: 10 });
    expect(flaky.items).toMatchObject([
      { revision: "same", finishedAt: "2026-03-25T10:00:00.000Z" },
    ]);
  });

  it("counts what stands in for a run only where no run is known", async () => {
    await build("2026-03-25T10:00:00Z", { revision: "known" });
    await build("2026-03-25T10:00:00Z", { revision: "known", fallback: true, status: "failed" });
    await build("2026-03-25T10:00:00Z", { revision: "other", fallback: true });
    expect((await answer()).total).toMatchObject({ n: 2, succeeded: 2, failed: 0 });
  });

  it("finds the stages that take the time, with their fail rate and share", async () => {
    const stage = (name: string, minutes: number, status = "succeeded") => ({
      name,
      status,
      startedAt: "2026-03-25T10:00:00.000Z",
      finishedAt: new Date(at("2026-03-25T10:00:00Z").getTime() + minutes * 60_000).toISOString(),
    });
    await build("2026-03-25T12:00:00Z", {
      stages: JSON.stringify([stage("lint", 1), stage("test", 5), stage("deploy", 0, "canceled")]),
    });
    await build("2026-03-25T13:00:00Z", {
      stages: JSON.stringify([stage("lint", 1), stage("test", 9, "failed")]),
    });
    const { stages, stagesFrom } = await answer();
    expect(stagesFrom).toBe(2);
    expect(stages).toEqual([
      { name: "test", n: 2, p50Seconds: 420, p90Seconds: 516, failRate: 0.5, shareOfTime: 14 / 16 },
      { name: "lint", n: 2, p50Seconds: 60, p90Seconds: 60, failRate: 0, shareOfTime: 2 / 16 },
    ]);
  });

  it("opens a stage to the builds in which it ended, and in which it failed", async () => {
    const told = (...stages: [string, string][]) =>
      JSON.stringify(stages.map(([name, status]) => ({ name, status })));
    const of = { revision: "passed", stages: told(["lint", "succeeded"], ["test", "succeeded"]) };
    await build("2026-03-25T12:00:00Z", of);
    await build("2026-03-25T11:00:00Z", { revision: "failed", stages: told(["test", "failed"]) });
    await build("2026-03-25T10:00:00Z", { stages: told(["test", "canceled"], ["lint", "failed"]) });
    const revisions = async (filter: object) =>
      (await listBuilds(context, { ...filter, limit: 10 })).items.map(({ revision }) => revision);
    expect(await revisions({ stage: ["test"] })).toEqual(["passed", "failed"]);
    expect(await revisions({ failedIn: ["test"] })).toEqual(["failed"]);
  });

  it("begins weeks on the day asked for, and compares with the same time of the calendar", async () => {
    await build("2026-03-22T00:30:00+01:00", { status: "failed" });
    const { buckets, previous } = await answer({
      from: at("2026-03-29T00:00:00+01:00"),
      to: at("2026-04-05T00:00:00+02:00"),
      bucket: "week",
      weekStart: "sunday",
    });
    expect(buckets).toMatchObject([{ start: "2026-03-28T23:00:00.000Z", partial: false }]);
    // 167 hours, and so many before would leave the first build out.
    expect(previous).toMatchObject({ from: "2026-03-21T23:00:00.000Z", total: { failed: 1 } });
  });

  it("narrows by repository, team, branch and name, commas and case notwithstanding", async () => {
    await build("2026-03-25T12:00:00Z", { repository: "acme/checkout", name: "Build, test" });
    await build("2026-03-25T12:00:00Z", { repository: "acme/web", branch: "topic" });
    const n = async (filter: Parameters<typeof scopeOf>[0]) =>
      (await answer({ scope: scopeOf(filter) })).total.n;
    expect(await n({})).toBe(2);
    expect(await n({ team: ["payments"] })).toBe(1);
    expect(await n({ team: ["nobody"] })).toBe(0);
    expect(await n({ repository: ["Acme/Checkout"] })).toBe(1);
    expect(await n({ branch: ["topic"] })).toBe(1);
    expect(await n({ name: ["Build, test"] })).toBe(1);
  });

  it("refuses an empty window and one too large", async () => {
    await expect(answer({ to: berlin.from })).rejects.toMatchObject({ code: "invalid_field" });
    await expect(
      answer({ from: at("2020-01-01T00:00:00Z"), bucket: "month" }),
    ).rejects.toMatchObject({ code: "range_too_large" });
  });

  it("has totals that are the sum of the buckets, and lists that are as long as the numbers", async () => {
    const status = fc.constantFrom("succeeded", "failed", "canceled", "running");
    const builds = fc.array(
      fc.record({
        status,
        minute: fc.integer({ min: 0, max: 14 * 1440 - 1 }),
        revision: fc.constantFrom("a", "b", "c"),
        fallback: fc.boolean(),
      }),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(builds, async (given) => {
        await database.db.deleteFrom("builds").execute();
        for (const { minute, ...rest } of given)
          await insertBuild(database.db, {
            ...rest,
            finished_at: new Date(berlin.from.getTime() + minute * 60_000),
          });
        const { total, buckets } = await answer();
        for (const name of ["n", "succeeded", "failed", "canceled", "flaky", "durationN"] as const)
          expect(buckets.reduce((sum, bucket) => sum + bucket[name], 0)).toBe(total[name]);
        expect(total.successRate ?? 0).toBeLessThanOrEqual(1);
        expect(total.flaky).toBeLessThanOrEqual(total.failed);
        const page = { counted: true, limit: 500, from: berlin.from, to: berlin.to };
        for (const [name, rows] of [
          ["failed", await listBuilds(context, { ...page, status: ["failed"] })],
          ["n", await listBuilds(context, { ...page, status: ["succeeded", "failed"] })],
          ["flaky", await listBuilds(context, { ...page, flaky: true })],
        ] as const)
          expect([name, rows.items.length]).toEqual([name, total[name]]);
      }),
      { numRuns: 25 },
    );
  });
});
