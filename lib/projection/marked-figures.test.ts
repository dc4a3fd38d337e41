import { expect, test } from "vitest";
import { publicId } from "@/lib/facts/keys";
import type { FiguresAnswer } from "@/lib/http/figure-answers";
import { readMetrics } from "@/lib/metrics/read-metrics";
import { applyRules } from "@/lib/projection/apply-rules";
import {
  alert,
  clock,
  contextOver,
  deploy,
  deriveAll,
  push,
  sha,
  word,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { history, historyConfig } from "@/lib/projection/testing-history";
import { testContext } from "@/lib/testing/context";

const database = projectionDatabase();

/** A figure of each day of a week, from kept cells where these are clean. */
async function daysOf(team: string, read: (figures: FiguresAnswer) => number): Promise<number[]> {
  const { buckets } = await readMetrics(await testContext(database), {
    from: new Date(clock("00:00")),
    to: new Date(clock("7 00:00")),
    bucket: "day",
    timezone: "UTC",
    scope: { services: [], teams: [team], environments: [] },
  });
  return buckets.map(read);
}

test("changes that moved to another team leave the old one's figures, though these were counted in between", async () => {
  const leadTimes = (team: string) => daysOf(team, ({ leadTime }) => leadTime.n);
  await database.told(...history);
  const counted = await leadTimes("shop");
  const none = counted.map(() => 0);
  expect(counted).not.toEqual(none);

  const services = historyConfig.services.map((service) => ({ ...service, team: "goods" }));
  const moved = contextOver(database.db, { ...historyConfig, services });
  expect(await applyRules(moved, Number.POSITIVE_INFINITY)).toBe("applied");
  // Until derivation comes by the changes stand where they stood.
  expect(await leadTimes("shop")).toEqual(counted);
  await deriveAll(moved);
  expect(await leadTimes("goods")).toEqual(counted);
  expect(await leadTimes("shop")).toEqual(none);
});

test("an attempt is counted with the next failure that it served when the oldest is none any more", async () => {
  const tried = () => daysOf("shop", ({ remedies }) => remedies.tried.rollback);
  const repository = "acme/checkout";
  const id = (number: number) => publicId("deployment", `github/${number}`);
  await database.told(
    push(repository, "08:00", null, [{ name: "c0", at: "07:50" }]),
    ...deploy(repository, 1, "c0", ["09:00", "09:01", "09:05"]),
    push(repository, "23:00", "c0", [{ name: "c1", at: "22:50" }]),
    ...deploy(repository, 2, "c1", ["23:45", "23:46", "23:50"]),
    push(repository, "23:55", "c1", [{ name: "c2", at: "23:54" }]),
    ...deploy(repository, 3, "c2", ["1 00:05", "1 00:06", "1 00:10"]),
    alert("HighErrorRate", "checkout", "1 00:15", "1 01:00"),
    ...deploy(repository, 4, "c0", ["1 00:30", "1 00:31", "1 00:35"]),
    word("1 02:00", {
      type: "verdict",
      incident: publicId(
        "incident",
        `alert:alerts/${sha("HighErrorRate checkout").slice(0, 16)}:${clock("1 00:15")}`,
      ),
      verdict: "confirmed",
      changes: [2, 3].map((number) => ({ kind: "deployment", id: id(number) })),
      rejected: [],
      note: null,
    }),
  );
  expect(await tried()).toEqual([1, 0, 0, 0, 0, 0, 0]);
  await database.told(
    word("1 03:00", {
      type: "correction",
      deployment: id(2),
      kind: null,
      failed: false,
      note: "it had nothing to do with it",
    }),
  );
  expect(await tried()).toEqual([0, 1, 0, 0, 0, 0, 0]);
});
