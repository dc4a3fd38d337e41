import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { deploymentRow, shipChanges } from "@/lib/metrics/testing";
import { listSloEvents } from "@/lib/slo/list-slo-events";
import { readSlos } from "@/lib/slo/read-slos";
import { buildRow } from "@/lib/slo/testing";
import { testContext } from "@/lib/testing/context";

const now = "2026-03-20T12:00:00Z";
let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock: fixedClock(now) });
  const shipped = deploymentRow({ id: "shipped", at: minutesAgo(30), started_at: minutesAgo(33) });
  await database.db
    .insertInto("builds")
    .values(
      Array.from({ length: 25 }, (_, index) =>
        buildRow(minutesAgo(index + 1), index % 5 === 0 ? 724 : 60, {
          id: `build-${index}`,
          attempt: index === 5 ? 2 : 1,
          url: index === 5 ? "https://ci.example/5" : "javascript:alert(1)",
        }),
      ),
    )
    .execute();
  await database.db.insertInto("deployments").values(shipped).execute();
  await shipChanges(database.db, shipped, [60, 3120]);
});
afterAll(() => database.close());

const minutesAgo = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000);

test("answers just the rows behind the figures, page by page, newest first", async () => {
  const [whole] = (await readSlos(context, { indicator: ["build_duration"] })).items;
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listSloEvents(context, "build_duration", {
      good: false,
      limit: 2,
      ...(cursor !== null && { cursor }),
    });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual(["build-0", "build-5", "build-10", "build-15", "build-20"]);
  expect(whole).toMatchObject({ n: 25, good: 20 });
  const good = await listSloEvents(context, "build_duration", { good: true, limit: 100 });
  expect(good.items).toHaveLength(20);
  expect((await listSloEvents(context, "build_duration", { limit: 100 })).items).toHaveLength(25);
});

test("says of each why it spent the budget, and leads to what it is", async () => {
  const { items } = await listSloEvents(context, "build_duration", { good: false, limit: 2 });
  expect(items[1]).toMatchObject({
    kind: "build",
    name: "ci, attempt 2 · acme/checkout · main",
    seconds: 724,
    good: false,
    reason: "took 12 min 4 s, 2 min 4 s over 10 min",
    href: "https://ci.example/5",
  });
  // What a sender calls an address is a link only where it leads to the web.
  expect(items[0]?.href).toMatch(/^\/changes\/revision-/);
});

test("leads from a deployment and a change to their pages", async () => {
  const deployments = await listSloEvents(context, "deployment_duration", { limit: 5 });
  expect(deployments.items).toMatchObject([
    { kind: "deployment", href: "/deployments/shipped", reason: "took 3 min, 1 min over 2 min" },
  ]);
  const changes = await listSloEvents(context, "commit_to_production", { limit: 5 });
  expect(changes.items.map(({ reason, href }) => [reason, href])).toEqual([
    [
      "in production 52 min after its first commit, 22 min over 30 min",
      "/changes/shipped-change-1",
    ],
    ["in production 1 min after its first commit, under 30 min", "/changes/shipped-change-0"],
  ]);
});

test("404 for what is no objective in force", async () => {
  for (const id of ["recovery", "speed", "build_duration:planet:mars"])
    await expect(listSloEvents(context, id, { limit: 5 })).rejects.toMatchObject({
      code: "not_found",
    });
});
