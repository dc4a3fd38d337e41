import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { deploymentRow, shipChanges } from "@/lib/metrics/testing";
import { indicators } from "@/lib/slo/indicators";
import { listSloEvents } from "@/lib/slo/list-slo-events";
import { readBurnDown } from "@/lib/slo/read-burn-down";
import { readSlos } from "@/lib/slo/read-slos";
import { buildRow } from "@/lib/slo/testing";
import { testContext } from "@/lib/testing/context";

const now = Date.parse("2026-03-20T10:17:31Z");
const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000);
const recovery = { indicator: "recovery", target: 0.9, windowDays: 28 } as const;

let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  database = await testDatabase();
  context = await contextAt(new Date(now));
  for (let serial = 0; serial < 40; serial++) await happen(serial);
});
afterAll(() => database.close());

const contextAt = (moment: Date) =>
  testContext(
    database,
    {
      teams: [{ name: "payments", timezone: "UTC" }],
      // The instance judges recoveries by an hour, and what checkout does by a minute.
      slos: [
        { ...recovery, scope: { kind: "all", name: "" }, thresholdSeconds: 3_600 },
        { ...recovery, scope: { kind: "service", name: "checkout" }, thresholdSeconds: 60 },
      ],
    },
    { clock: fixedClock(moment.toISOString()) },
  );

describe.each([
  ["everything", {}],
  ["a team", { team: ["payments"] }],
  ["a service", { service: ["checkout"] }],
  ["everything as it stood at a moment that is past", {}, 30],
])("behind the figures of %s", (_, scope, hours = 0) => {
  const answered = async () => {
    const asked = await contextAt(hoursAgo(hours));
    return { asked, items: (await readSlos(asked, scope)).items };
  };

  test("stand as many events as each burn window counts, and as many bad ones", async () => {
    const { asked, items } = await answered();
    for (const { id, to, burnRates } of items)
      for (const rate of burnRates)
        for (const [seconds, n, good] of [
          [rate.windowSeconds, rate.n, rate.good],
          [rate.shortWindowSeconds, rate.shortN, rate.shortGood],
        ] as const) {
          const stretch = { from: new Date(Date.parse(to) - seconds * 1000), to: new Date(to) };
          expect([id, seconds, await count(asked, id, stretch)]).toEqual([
            ...[id, seconds],
            { n, bad: n - good },
          ]);
        }
  });

  test("stand as many as each day of the burn-down counts, and as the whole window", async () => {
    const { asked, items } = await answered();
    for (const { id, from, n, good } of items) {
      expect(await count(asked, id, {})).toEqual({ n, bad: n - good });
      const { points } = await readBurnDown(asked, id);
      let start = new Date(from);
      for (const point of points) {
        const day = { from: start, to: new Date(point.at) };
        const counted = { n: point.n, bad: point.n - point.good };
        start = day.to;
        // What a day without events lists would be missing from the whole.
        if (point.n === 0) continue;
        expect([id, point.at, await count(asked, id, day)]).toEqual([id, point.at, counted]);
      }
    }
  });
});

test("meets every burn window with good and bad events, or the laws above would hold of nothing", async () => {
  const { items } = await readSlos(context, {});
  const rates = items.flatMap(({ burnRates }) => burnRates);
  for (const seconds of [3_600, 6 * 3_600, 72 * 3_600]) {
    const counted = rates.filter(({ windowSeconds, n }) => windowSeconds === seconds && n > 0);
    expect(counted.some(({ n, good }) => good < n)).toBe(true);
    expect(counted.some(({ good }) => good > 0)).toBe(true);
  }
  expect(new Set(items.filter(({ n }) => n > 0).map(({ indicator }) => indicator)).size).toBe(
    indicators.length - 2,
  );
});

test("answers nothing of a stretch outside of the objective's window", async () => {
  const outside = { from: hoursAgo(24 * 60), to: hoursAgo(24 * 29) };
  expect(await count(context, "build_duration", outside)).toEqual({ n: 0, bad: 0 });
  const beyond = { from: hoursAgo(24 * 60), to: new Date(now + 3_600_000) };
  expect(await count(context, "build_duration", beyond)).toEqual(
    await count(context, "build_duration", {}),
  );
});

async function count(asked: Context, id: string, stretch: { from?: Date; to?: Date }) {
  const ask = (good?: boolean) => listSloEvents(asked, id, { ...stretch, good, limit: 500 });
  const [all, bad] = await Promise.all([ask(), ask(false)]);
  return { n: all.items.length, bad: bad.items.length };
}

/** A build, a deployment with a change, and here and there a failure: closer together towards now. */
async function happen(serial: number): Promise<void> {
  const at = hoursAgo(serial < 20 ? serial / 8 : (serial - 19) * 35);
  const seconds = serial % 3 === 0 ? 900 : 30;
  const isFailure = serial % 4 === 1;
  const isOpen = serial % 8 === 1;
  const row = deploymentRow({
    id: `deployment-${serial}`,
    ...{ at, started_at: new Date(at.getTime() - seconds * 1000) },
    service: serial % 2 === 0 ? "ledger" : "checkout",
    kind: serial % 7 === 3 ? "rollback" : "deploy",
    ...(isFailure && {
      failed: true,
      failure_reason: "confirmed",
      first_sign_at: at,
      restored_at: isOpen ? null : new Date(at.getTime() + 1_800_000),
      recovery_seconds: isOpen ? null : 1_800,
      remedies: "[]",
    }),
  });
  await database.db.insertInto("deployments").values(row).execute();
  await shipChanges(database.db, row, [serial * 100]);
  await database.db.insertInto("builds").values(buildRow(at, seconds)).execute();
}
