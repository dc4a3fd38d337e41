import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import type { FiguresAnswer } from "@/lib/http/figure-answers";
import { listDevlakePullRequests } from "@/lib/metrics/devlake/list-pull-requests";
import { lowerMiddle } from "@/lib/metrics/devlake/lower-middle";
import { listDevlakeDeployments, listDevlakeIncidents } from "@/lib/metrics/devlake/read-by-links";
import { readDevlakeMetrics } from "@/lib/metrics/devlake/read-devlake-metrics";
import type { MetricsQuestion } from "@/lib/metrics/read-metrics";
import { deploymentRow, shipChanges } from "@/lib/metrics/testing";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;

beforeAll(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock: fixedClock("2026-03-20T00:00:00Z") });
  for (let serial = 0; serial < 48; serial++) await happen(serial);
});
afterAll(() => database.close());

const start = Date.parse("2026-03-01T00:00:00Z");
const hour = 3_600_000;
const window = { from: new Date(start + 20 * hour), to: new Date(start + 11 * 24 * hour) };

describe.each([
  ["the whole", {}],
  ["one team", { teams: ["payments"] }],
  ["one service", { services: ["ledger"] }],
  ["one environment", { environments: ["prod-eu"] }],
  ["a service of one team in one environment", { services: ["web"], teams: ["shop"] }],
])("by DevLake's rules, behind each number of %s", (_, scope) => {
  const question: MetricsQuestion = {
    ...window,
    bucket: "week",
    timezone: "Europe/Berlin",
    scope: { services: [], teams: [], environments: [], ...scope },
  };

  it("stand as many rows as it says, with the medians that it says", async () => {
    const { total } = await readDevlakeMetrics(context, question);
    expect(await rowsBehind(question, window)).toEqual(numbersOf(total));
  });

  it("stand as many in every bucket", async () => {
    const { buckets } = await readDevlakeMetrics(context, question);
    for (const { start: begin, end, ...figures } of buckets) {
      const inside = {
        from: new Date(Math.max(Date.parse(begin), window.from.getTime())),
        to: new Date(Math.min(Date.parse(end), window.to.getTime())),
      };
      expect([begin, await rowsBehind(question, inside)]).toEqual([begin, numbersOf(figures)]);
    }
  });
});

test("meets every number in this history, or the laws above would hold of nothing", async () => {
  const { total } = await readDevlakeMetrics(context, {
    ...window,
    bucket: "month",
    timezone: "UTC",
    scope: { services: [], teams: [], environments: [] },
  });
  expect(Object.values(numbersOf(total)).every((number) => number !== null && number > 0)).toBe(
    true,
  );
});

test("pages through pull requests without losing or repeating one", async () => {
  const all = await listDevlakePullRequests(context, { ...window, limit: 500 });
  const seen: (number | null)[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await listDevlakePullRequests(context, {
      ...window,
      limit: 2,
      ...(cursor && { cursor }),
    });
    seen.push(...page.items.map(({ pullRequest }) => pullRequest));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(all.items.map(({ pullRequest }) => pullRequest));
});

test("tells of a pull request which change and deployment it is, and its stages in whole minutes", async () => {
  const { items } = await listDevlakePullRequests(context, { ...window, limit: 500 });
  expect(items.find(({ pullRequest }) => pullRequest === 22)).toMatchObject({
    repository: "acme/checkout",
    revision: "d-22-change-0",
    deployment: "d-22",
    leadTimeSeconds: 60 + 2 * 3_600 + 3_600,
    codingSeconds: 60,
    pickupSeconds: null,
    reviewSeconds: 2 * 3_600,
    mergeToDeploySeconds: 3_600,
    reasons: ["pull request #22: its project's first successful production deployment with it"],
  });
});

test.each([
  [{ limit: 1 }, "from"],
  [{ ...window, figure: "coding" as const, limit: 1 }, "figure"],
])("400 for pull requests of %j: it asks for %s", async (filter, field) => {
  await expect(listDevlakePullRequests(context, filter)).rejects.toMatchObject({
    code: "invalid_field",
    details: { field },
  });
});

function numbersOf({
  deploymentFrequency,
  leadTime,
  changeFailRate,
  recoveryTime,
}: FiguresAnswer): Record<string, number | null> {
  return {
    deployments: deploymentFrequency.deployments,
    failed: changeFailRate.failed,
    lead_time: leadTime.n,
    lead_time_p50: leadTime.p50Seconds,
    restored: recoveryTime.n,
    restored_p50: recoveryTime.p50Seconds,
    open: recoveryTime.open,
  };
}

async function rowsBehind(
  { scope: { services, teams, environments } }: MetricsQuestion,
  stretch: { from: Date; to: Date },
): Promise<Record<string, number | null>> {
  const filter = {
    ...stretch,
    ...(services.length > 0 && { service: [...services] }),
    ...(teams.length > 0 && { team: [...teams] }),
    ...(environments.length > 0 && { environment: [...environments] }),
    limit: 500,
  };
  const inProduction = { ...filter, tier: ["production"], status: ["succeeded"] };
  const deployments = await listDevlakeDeployments(context, inProduction);
  const failed = await listDevlakeDeployments(context, { ...inProduction, failed: true });
  const pullRequests = await listDevlakePullRequests(context, filter);
  const restored = await listDevlakeIncidents(context, { ...filter, figure: "restored" });
  const open = await listDevlakeIncidents(context, { ...filter, figure: "open" });
  return {
    deployments: deployments.items.length,
    failed: failed.items.length,
    lead_time: pullRequests.items.length,
    lead_time_p50: lowerMiddle(pullRequests.items.map((item) => item.leadTimeSeconds ?? 0)),
    restored: restored.items.length,
    restored_p50: lowerMiddle(restored.items.map((item) => item.recoverySeconds ?? 0)),
    open: open.items.length,
  };
}

type Row = ReturnType<typeof deploymentRow>;

/** A deployment every six hours; most bring a pull request, some are followed by an incident or two. */
async function happen(serial: number): Promise<void> {
  const at = new Date(start + serial * 6 * hour);
  const team = serial % 9 === 8 ? null : (["payments", "shop"][serial % 2] ?? null);
  const row = deploymentRow({
    id: `d-${serial}`,
    ...{ at, team },
    service: ["checkout", "ledger", "web"][serial % 3],
    environment: serial % 8 === 7 ? "staging" : ["prod-eu", "prod-us"][serial % 2],
    tier: serial % 8 === 7 ? "staging" : "production",
    status: serial % 10 === 9 ? "failed" : "succeeded",
    kind: serial % 11 === 5 ? "rollback" : "deploy",
  });
  await database.db.insertInto("deployments").values(row).execute();
  await shipChanges(database.db, row, [100]);
  if (serial % 5 === 4) await shipAgain(`d-${serial - 1}`, row);
  if (serial % 7 !== 6) await merge(serial, at);
  if (serial % 4 === 1) await open(`i-${serial}`, new Date(+at + hour), serial, team);
  if (serial % 8 === 5) await open(`j-${serial}`, new Date(+at + 2 * hour), serial + 1, null);
}

/** What another deployment shipped, of another team: there it is of another project. */
async function shipAgain(of: string, { id, service, environment, tier, team, at }: Row) {
  const [change] = await database.db
    .selectFrom("deployment_changes")
    .selectAll()
    .where("deployment_id", "=", of)
    .execute();
  if (!change) return;
  await database.db
    .insertInto("deployment_changes")
    .values({
      ...change,
      ...{ deployment_id: id, service, environment, tier, team: team ?? null, finished_at: at },
    })
    .execute();
}

async function merge(serial: number, deployedAt: Date): Promise<void> {
  const mergedAt = new Date(deployedAt.getTime() - hour);
  const openedAt = new Date(mergedAt.getTime() - 2 * hour);
  await database.db
    .insertInto("pull_requests")
    .values({
      id: `pull-${serial}`,
      repository: "acme/checkout",
      number: serial,
      ...(serial % 2 === 0
        ? { merge_revision: `d-${serial}-change-0` }
        : { merge_revision: `merge-${serial}`, head_revision: `d-${serial}-change-0` }),
      opened_at: openedAt,
      merged_at: serial % 13 === 12 ? null : mergedAt,
      first_commit_at: serial % 6 === 3 ? null : new Date(openedAt.getTime() - serial * 2_000),
    })
    .execute();
}

async function open(
  id: string,
  openedAt: Date,
  serial: number,
  team: string | null,
): Promise<void> {
  await database.db
    .insertInto("incidents")
    .values({
      id,
      title: `incident ${id}`,
      service: ["checkout", "ledger", "web"][serial % 3] ?? null,
      ...(serial % 3 === 2
        ? { environment: null, tier: null }
        : { environment: "prod-eu", tier: "production" }),
      team,
      severity: null,
      opened_at: openedAt,
      acknowledged_at: null,
      resolved_at: serial % 5 === 0 ? null : new Date(openedAt.getTime() + serial * 60_000),
      first_sign_at: openedAt,
      url: null,
      declared_cause: null,
      members: [id],
      sources: "[]",
    })
    .execute();
}
