import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import { followMainBranches, markMainBranches } from "@/lib/slo/follow-main";
import { buildRow } from "@/lib/slo/testing";
import { sloCollector } from "@/lib/telemetry/collect-slos";
import { testContext } from "@/lib/testing/context";

const now = "2026-03-20T10:17:31Z";
const minutesAgo = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.db
    .insertInto("builds")
    .values([
      ...Array.from({ length: 19 }, (_, index) => buildRow(minutesAgo(100 + index), 60)),
      buildRow(minutesAgo(30), 900, { status: "failed" }),
    ])
    .execute();
  const [repository, branch] = ["acme/checkout", "main"];
  await database.db
    .transaction()
    .execute((trx) => markMainBranches(trx, [{ repository, branch, from: minutesAgo(200) }]));
  await followMainBranches(database.db);
});
afterAll(() => database.close());

const payments = { name: "payments", timezone: "UTC" };
const checkout = {
  name: "checkout",
  repository: "acme/checkout",
  team: "payments",
  dependsOn: [],
  paths: [],
  deployments: [],
};

it("tells attainment, budget and burn rates of the whole and of teams, and which main branch is red", async () => {
  const file = { teams: [payments], services: [checkout] };
  const context = await testContext(database, file, { clock: fixedClock(now) });
  const families = new Map(
    (await sloCollector()(context)).map(({ name, samples }) => [name, samples]),
  );
  const both = (value: number, more: object = {}) =>
    [{}, { team: "payments" }].map((scope) => ({
      suffix: "",
      labels: { indicator: "build_duration", ...scope, ...more },
      value,
    }));
  expect(families.get("pushline_slo_attainment_ratio")).toEqual(both(0.95));
  expect(families.get("pushline_slo_error_budget_left_ratio")).toEqual(both(0.5));
  const burning = families.get("pushline_slo_burn_rate") ?? [];
  expect(burning.filter(({ labels }) => labels?.window === "1h")).toEqual(
    both(10, { window: "1h" }),
  );
  expect(burning.filter(({ labels }) => labels?.window === "6h")).toEqual(
    both(0.5, { window: "6h" }),
  );
  // A target is told of what has no event yet, too.
  expect(families.get("pushline_slo_target_ratio")).toHaveLength(8);
  expect(families.get("pushline_main_branch_red")).toEqual([
    { suffix: "", labels: { repository: "acme/checkout", branch: "main" }, value: 1 },
  ]);
});
