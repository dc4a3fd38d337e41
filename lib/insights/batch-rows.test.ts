import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { listDeployments } from "@/lib/deployments/list-deployments";
import type { DeploymentFilter } from "@/lib/deployments/select-deployments";
import type { BatchesAnswer, SizeClass } from "@/lib/http/insight-answers";
import { type BatchMeasure, deploymentsSampled } from "@/lib/insights/batch-rows";
import { readBatches } from "@/lib/insights/read-batches";
import { deploymentRow, shipChanges } from "@/lib/metrics/testing";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;

beforeAll(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock: fixedClock("2026-03-20T00:00:00Z") });
  for (let serial = 0; serial < 60; serial++) await deployOne(serial);
});
afterAll(() => database.close());

const start = Date.parse("2026-02-01T00:00:00Z");
const window = { from: new Date(start + 5 * 3_600_000), to: new Date(start + 55 * 3_600_000) };
const everything = { services: [], teams: [], environments: [] };

describe.each([
  ["the whole", {}],
  ["one service", { service: ["ledger"] }],
  ["one team", { team: ["payments"] }],
  ["one environment", { environment: ["prod-eu"] }],
  ["where nothing is judged", { environment: ["staging"] }],
  ["a service of one team", { service: ["checkout"], team: ["shop"] }],
])("behind each class of %s", (_, place: Place) => {
  const answered = () =>
    readBatches(context, {
      ...window,
      scope: {
        services: place.service ?? [],
        teams: place.team ?? [],
        environments: place.environment ?? [],
      },
    });

  it("stand as many deployments as it says, and of them as many failed ones", async () => {
    const answer = await answered();
    for (const [measure, classes] of classesOf(answer))
      for (const each of classes) {
        const rows = [await count(place, { [measure]: each })];
        rows.push(await count(place, { [measure]: each, failed: true }));
        expect([measure, each.from, ...rows]).toEqual([measure, each.from, each.n, each.failed]);
      }
  });

  it("stand as many as each spread is of, and as are unknown", async () => {
    const { deployments, unknown, size, lines, branchAgeSeconds } = await answered();
    const all = { from: 0, to: null };
    expect(await count(place, { figure: "judged" })).toBe(deployments);
    expect(await count(place, { changes: "unknown" })).toBe(unknown);
    expect(await count(place, { changes: all })).toBe(size.n);
    expect(await count(place, { lines: all })).toBe(lines.n);
    expect(await count(place, { branchAge: all })).toBe(branchAgeSeconds.n);
  });
});

it("meets most classes in this history, or the laws above would hold of nothing", async () => {
  const answer = await readBatches(context, { ...window, scope: everything });
  for (const [, classes] of classesOf(answer)) {
    expect(classes.filter(({ n }) => n > 0).length).toBeGreaterThanOrEqual(4);
    expect(classes.some(({ failed }) => failed > 0)).toBe(true);
  }
  expect(answer.unknown).toBeGreaterThan(0);
  expect(answer.bySize[0]).toMatchObject({ from: 0, to: 1, n: 1 });
});

it("leaves out of both what lies before the newest that are looked into", async () => {
  const at = new Date("2025-01-01T00:00:00Z");
  const row = deploymentRow({ id: "oldest", service: "busy", at });
  await database.db.insertInto("deployments").values(row).execute();
  await pullRequest("oldest", 1);
  await shipChanges(database.db, row, [10]);
  const asked = { from: at, to: new Date("2025-12-01T00:00:00Z") };
  const scope = { ...everything, services: ["busy"] };
  const told = async () => [
    (await readBatches(context, { ...asked, scope })).lines.n,
    await count({ service: ["busy"] }, { ...asked, lines: { from: 0, to: null } }),
  ];
  expect(await told()).toEqual([1, 1]);
  await sql`
    insert into deployments
    select (jsonb_populate_record(d, jsonb_build_object(
      'id', 'busy-' || i, 'key', 'test/busy-' || i, 'at', d.at + i * interval '1 minute'))).*
    from deployments d, generate_series(1, ${deploymentsSampled}::integer) as i
    where d.id = 'oldest'`.execute(database.db);
  expect(await told()).toEqual([0, 0]);
});

type Place = Pick<DeploymentFilter, "service" | "team" | "environment">;

function classesOf(answer: BatchesAnswer): [BatchMeasure, SizeClass[]][] {
  return [
    ["changes", answer.bySize],
    ["lines", answer.byLines],
    ["branchAge", answer.byBranchAge],
  ];
}

async function count(place: Place, filter: DeploymentFilter): Promise<number> {
  const { items } = await listDeployments(context, { ...window, ...place, ...filter, limit: 500 });
  return items.length;
}

/** One an hour, each of another size and age, here and there failed, unknown, or not judged at all. */
async function deployOne(serial: number): Promise<void> {
  const size = serial === 20 ? 0 : [1, 2, 3, 5, 9, 17, 40][serial % 7];
  const isKnown = serial % 11 !== 3;
  const row = deploymentRow({
    id: `d-${serial}`,
    at: new Date(start + serial * 3_600_000),
    service: ["checkout", "ledger", "web"][serial % 3],
    team: ["payments", "shop"][serial % 2],
    environment: ["prod-eu", "prod-us", "prod-eu", "staging"][serial % 4],
    tier: serial % 4 === 3 ? "staging" : "production",
    kind: serial % 13 === 5 ? "rollback" : "deploy",
    failed: serial % 6 < 2,
    changes_known: isKnown,
    change_count: isKnown ? size : null,
  });
  await database.db.insertInto("deployments").values(row).execute();
  if (size === 0) return;
  await shipChanges(database.db, row, [100, 200]);
  if (serial % 9 !== 6) await pullRequest(row.id, serial);
}

async function pullRequest(deployment: string, serial: number): Promise<void> {
  const mergedAt = start - 3_600_000;
  const age = [-1, 1, 20, 30, 400][serial % 5] ?? 0;
  await database.db
    .insertInto("pull_requests")
    .values({
      id: `pull-${deployment}`,
      repository: "acme/checkout",
      number: serial,
      merge_revision: `${deployment}-change-0`,
      additions: serial % 8 === 7 ? null : serial * serial,
      deletions: serial,
      merged_at: new Date(mergedAt),
      first_commit_at: new Date(mergedAt - age * 3_600_000),
    })
    .execute();
}
