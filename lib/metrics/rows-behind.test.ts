import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { listChanges } from "@/lib/deployments/list-changes";
import { listDeployments } from "@/lib/deployments/list-deployments";
import { listReleases } from "@/lib/facts/list-releases";
import type { FiguresAnswer } from "@/lib/http/figure-answers";
import { type MetricsQuestion, readMetrics } from "@/lib/metrics/read-metrics";
import {
  type ChangeFigure,
  changeFigures,
  type DeploymentFigure,
  deploymentFigures,
  releaseFigures,
} from "@/lib/metrics/rows-behind";
import { deploymentRow, shipChanges } from "@/lib/metrics/testing";
import { deliver, settleAll } from "@/lib/projection/testing";
import { history, historyConfig } from "@/lib/projection/testing-history";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;

beforeAll(async () => {
  database = await testDatabase();
  const clock = fixedClock("2026-11-21T12:00:00Z");
  context = await testContext(database, historyConfig, { clock });
  await deliver(database.db, history);
  await settleAll(context);
  await insertRarities();
});
afterAll(() => database.close());

const at = (text: string) => new Date(`2026-11-${text}:00.000Z`);
const window = { from: at("02T00:00"), to: at("09T00:00") };

type Counts<Figure extends string> = Record<Figure, (figures: FiguresAnswer) => number>;

/** What the answer says of each figure: one without a line here does not compile. */
const deploymentCounts: Counts<DeploymentFigure> = {
  deployments: ({ deploymentFrequency }) => deploymentFrequency.deployments,
  judged: ({ changeFailRate }) => changeFailRate.n,
  completed: ({ reworkRate }) => reworkRate.n,
  failed: ({ changeFailRate }) => changeFailRate.failed,
  restored: ({ recoveryTime }) => recoveryTime.n,
  open: ({ recoveryTime }) => recoveryTime.open,
  rework: ({ reworkRate }) => reworkRate.rework,
  unknown_change_sets: ({ leadTime }) => leadTime.unknownChangeSets,
  failed_attempts: ({ failedAttempts }) => failedAttempts,
  failed_remedies: ({ failedRemedies }) => failedRemedies,
  held_rollback: ({ remedies }) => remedies.rollback,
  held_revert: ({ remedies }) => remedies.revert,
  held_fix_forward: ({ remedies }) => remedies.fix_forward,
  held_flag_off: ({ remedies }) => remedies.flag_off,
  held_none: ({ remedies }) => remedies.none,
  tried_rollback: ({ remedies }) => remedies.tried.rollback,
  tried_revert: ({ remedies }) => remedies.tried.revert,
  tried_fix_forward: ({ remedies }) => remedies.tried.fix_forward,
  remedied: ({ remedies }) => remedies.remedied,
  rollback_first: ({ remedies }) => remedies.rolledBackFirst,
  detect: ({ recoveryTime }) => recoveryTime.stages?.detect.n ?? 0,
  decide: ({ recoveryTime }) => recoveryTime.stages?.decide.n ?? 0,
  remedy: ({ recoveryTime }) => recoveryTime.stages?.remedy.n ?? 0,
  confirm: ({ recoveryTime }) => recoveryTime.stages?.confirm.n ?? 0,
  finished: ({ deploymentSuccess }) => deploymentSuccess.n,
  succeeded: ({ deploymentSuccess }) => deploymentSuccess.succeeded,
};

const changeCounts: Counts<ChangeFigure> = {
  lead_time: ({ leadTime }) => leadTime.n,
  anomalies: ({ leadTime }) => leadTime.anomalies,
  coding: ({ leadTime }) => leadTime.stages?.coding.n ?? 0,
  pickup: ({ leadTime }) => leadTime.stages?.pickup.n ?? 0,
  review: ({ leadTime }) => leadTime.stages?.review.n ?? 0,
  merge_to_deploy: ({ leadTime }) => leadTime.stages?.mergeToDeploy.n ?? 0,
  deploy: ({ leadTime }) => leadTime.stages?.deploy.n ?? 0,
};

describe.each([
  ["the whole", {}],
  ["one service", { services: ["checkout"] }],
  ["one team", { teams: ["shop"] }],
  ["one environment", { environments: ["prod-eu"] }],
])("behind each number of %s", (_, scope) => {
  const question: MetricsQuestion = {
    ...window,
    bucket: "day",
    timezone: "Europe/Berlin",
    scope: { services: [], teams: [], environments: [], ...scope },
    stages: true,
  };

  it("stand as many rows as it says, in total", async () => {
    const { total } = await readMetrics(context, question);
    expect(await rowsBehind(question, window)).toEqual(numbersOf(total));
  });

  it("stand as many rows as it says, in every bucket", async () => {
    const { buckets } = await readMetrics(context, question);
    for (const { start, end, ...figures } of buckets) {
      const inside = {
        from: new Date(Math.max(Date.parse(start), window.from.getTime())),
        to: new Date(Math.min(Date.parse(end), window.to.getTime())),
      };
      expect([start, await rowsBehind(question, inside)]).toEqual([start, numbersOf(figures)]);
    }
  });
});

it("meets every class in this history, or the laws above would hold of nothing", async () => {
  const { total } = await readMetrics(context, {
    ...window,
    bucket: "month",
    timezone: "UTC",
    scope: { services: [], teams: [], environments: [] },
    stages: true,
  });
  const missing = Object.entries(numbersOf(total)).filter(([, count]) => count === 0);
  expect(missing).toEqual([]);
});

it("finds what was tried after the window for a failure inside of it", async () => {
  const day = { from: at("05T00:00"), to: at("06T00:00") };
  const { items } = await listDeployments(context, {
    ...day,
    figure: "tried_rollback",
    limit: 10,
  });
  expect(items.map(({ id }) => id)).toEqual(["late-rollback"]);
});

it("pages through changes that finished together without losing or repeating one", async () => {
  const all = await listChanges(context, { ...window, limit: 500 });
  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await listChanges(context, { ...window, limit: 1, ...(cursor && { cursor }) });
    seen.push(...page.items.map(({ deployment, revision }) => `${deployment} ${revision}`));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(all.items.map(({ deployment, revision }) => `${deployment} ${revision}`));
});

it("refuses a cursor of another list of changes", async () => {
  const cursor = Buffer.from("2026-11-02T00:00:00.000Z one").toString("base64url");
  await expect(listChanges(context, { limit: 1, cursor })).rejects.toMatchObject({
    code: "invalid_cursor",
  });
});

function numbersOf(figures: FiguresAnswer): Record<string, number> {
  const counts = Object.entries({ ...deploymentCounts, ...changeCounts });
  return {
    ...Object.fromEntries(counts.map(([figure, count]) => [figure, count(figures)])),
    tried_flag_off: figures.remedies.tried.flag_off,
    releases: figures.releases,
  };
}

async function rowsBehind(
  { scope }: MetricsQuestion,
  stretch: { from: Date; to: Date },
): Promise<Record<string, number>> {
  const { services, teams, environments } = scope;
  const filter = {
    ...stretch,
    ...(services.length > 0 && { service: [...services] }),
    ...(teams.length > 0 && { team: [...teams] }),
    ...(environments.length > 0 ? { environment: [...environments] } : { tier: ["production"] }),
    limit: 500,
  };
  const rows: Record<string, number> = {};
  for (const figure of deploymentFigures)
    rows[figure] = (await listDeployments(context, { ...filter, figure })).items.length;
  for (const figure of changeFigures)
    rows[figure] = (await listChanges(context, { ...filter, figure })).items.length;
  for (const figure of releaseFigures)
    rows[figure] = (await listReleases(context, { ...filter, figure })).items.length;
  return rows;
}

/** What the history above does not hold: as derivation leaves it, of another service of the team. */
async function insertRarities(): Promise<void> {
  const common = { service: "web", team: "shop", repository: "acme/mono" };
  const failure = { failed: true, failure_reason: "confirmed" };
  const ended = (minute: string) => ({ restored_at: at(minute), recovery_seconds: 600 });
  const remedies = (...tried: [kind: string, attempt: string][]) =>
    JSON.stringify(
      tried.map(([kind, attempt]) => ({
        kind,
        deployment: kind === "flag_off" ? null : attempt,
        release: kind === "flag_off" ? attempt : null,
        startedAt: null,
        finishedAt: null,
        held: false,
      })),
    );
  const rows = [
    deploymentRow({ ...common, ...failure, at: at("05T10:00"), remedies: remedies() }),
    deploymentRow({
      ...common,
      ...failure,
      ...ended("06T12:00"),
      at: at("05T11:00"),
      held_by: "rollback",
      remedies: remedies(["fix_forward", "late-fix"], ["rollback", "late-rollback"]),
    }),
    deploymentRow({
      ...common,
      ...failure,
      ...ended("06T12:00"),
      at: at("05T11:30"),
      held_by: "fix_forward",
      remedies: remedies(["fix_forward", "late-fix"]),
    }),
    deploymentRow({
      ...common,
      id: "late-fix",
      at: at("06T10:00"),
      kind: "fix_forward",
      rework: true,
    }),
    deploymentRow({
      ...common,
      id: "late-rollback",
      at: at("06T11:00"),
      kind: "rollback",
      rework: true,
    }),
    deploymentRow({
      ...common,
      ...failure,
      ...ended("06T14:00"),
      at: at("06T13:00"),
      held_by: "revert",
      remedies: remedies(["revert", "late-revert"]),
    }),
    deploymentRow({
      ...common,
      id: "late-revert",
      at: at("06T14:00"),
      kind: "revert",
      rework: true,
    }),
    deploymentRow({
      ...common,
      ...failure,
      ...ended("07T12:10"),
      at: at("07T12:00"),
      held_by: "flag_off",
      remedies: remedies(["flag_off", "flag"]),
    }),
    deploymentRow({
      ...common,
      ...failure,
      ...ended("07T13:10"),
      at: at("07T13:00"),
      held_by: "none",
    }),
    deploymentRow({ ...common, at: at("07T14:00"), changes_known: false, change_count: null }),
    deploymentRow({
      ...common,
      at: at("07T15:00"),
      kind: "rollback",
      rework: true,
      failed_remedy: true,
    }),
    deploymentRow({
      ...common,
      at: at("07T16:00"),
      status: "failed",
      completed: false,
      kind: null,
      failed_attempt: true,
    }),
    // A later region of a rollout is counted with the first.
    deploymentRow({
      ...common,
      ...failure,
      at: at("07T17:00"),
      counted: false,
      remedies: remedies(),
    }),
  ];
  await database.db.insertInto("deployments").values(rows).execute();
  for (const row of rows.slice(0, 3)) await shipChanges(database.db, row, [100, null, 400]);
  await sql`
    update deployment_changes
    set anomaly = lead_seconds is null, coding_seconds = 1, pickup_seconds = 2, review_seconds = 3
    where service = 'web' and finished_at >= ${at("05T00:00")}`.execute(database.db);
  await database.db
    .insertInto("releases")
    .values({
      ...{ id: "flag", source: "test", key: "test/flag", raw_service: "web", service: "web" },
      ...{ raw_environment: "production", environment: "production", tier: "production" },
      ...{ team: "shop", repository: null, revision: null, subject: "flag", flag: "new-tax" },
      ...{ percent: 0, enabled: false, version: null, title: null, author: null, url: null },
      at: at("07T12:05"),
    })
    .execute();
}
