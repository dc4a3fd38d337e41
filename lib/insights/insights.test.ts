import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { listFailures } from "@/lib/insights/list-failures";
import { readBatches } from "@/lib/insights/read-batches";
import { readRemedies } from "@/lib/insights/read-remedies";
import { deploymentRow, shipChanges } from "@/lib/metrics/testing";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;

beforeAll(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock: fixedClock("2026-03-20T00:00:00Z") });
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const table of ["deployments", "deployment_changes", "pull_requests"] as const)
    await database.db.deleteFrom(table).execute();
});

const at = (text: string) => new Date(text);
const everything = { services: [], teams: [], environments: [] };
const window = { from: at("2026-01-15T00:00:00Z"), to: at("2026-03-16T00:00:00Z") };
const asked = { ...window, timezone: "Europe/Berlin", scope: everything };

type Row = Parameters<typeof deploymentRow>[0];

async function insert(...rows: Row[]): Promise<void> {
  await database.db.insertInto("deployments").values(rows.map(deploymentRow)).execute();
}

/** A failure with its remedies in the order tried; the last one held. */
function failure(row: Row, ...kinds: string[]): Row {
  const remedies = kinds.map((kind, index) => ({
    kind,
    deployment: kind === "flag_off" ? null : `${row.id}-${kind}`,
    release: kind === "flag_off" ? `${row.id}-${kind}` : null,
    startedAt: "2026-03-03T12:00:00Z",
    finishedAt: null,
    held: index === kinds.length - 1,
  }));
  return {
    failed: true,
    failure_reason: "confirmed",
    held_by: kinds.at(-1) ?? "none",
    restored_at: at("2026-03-04T00:00:00Z"),
    recovery_seconds: 600,
    remedies: JSON.stringify(remedies),
    ...row,
  };
}

describe("readRemedies", () => {
  test("counts each failure once by what held, and every attempt in tried", async () => {
    await insert(
      failure({ id: "a", at: at("2026-02-03T12:00:00Z") }, "fix_forward", "rollback"),
      failure({ id: "b", at: at("2026-02-04T12:00:00Z") }, "rollback"),
      failure({ id: "c", at: at("2026-02-05T12:00:00Z") }, "fix_forward"),
      failure({ id: "d", at: at("2026-02-06T12:00:00Z") }),
      failure({ id: "e", at: at("2026-02-07T12:00:00Z"), held_by: null, restored_at: null }),
    );
    const { total } = await readRemedies(context, { ...asked, by: "team" });
    expect(total).toMatchObject({
      failures: 5,
      open: 1,
      held: { rollback: 2, revert: 0, fix_forward: 1, flag_off: 0, none: 1 },
      tried: { rollback: 2, revert: 0, fix_forward: 2, flag_off: 0 },
      rollbackFirst: { n: 3, first: 1 },
      fixForwards: { n: 3, fixForwards: 1 },
    });
    expect(total.fixForwards.interval?.low).toBeCloseTo(0.0615, 3);
  });

  test("an attempt that serves two failures is one attempt, also across teams' rows", async () => {
    const shared = [{ kind: "rollback", deployment: "back", release: null, held: true }];
    const remedies = JSON.stringify(shared);
    await insert(
      failure({ id: "a", at: at("2026-02-03T12:00:00Z"), held_by: "rollback", remedies }),
      failure({ id: "b", at: at("2026-02-03T13:00:00Z"), held_by: "rollback", remedies }),
    );
    const { total } = await readRemedies(context, { ...asked, by: "service" });
    expect(total.held.rollback).toBe(2);
    expect(total.tried.rollback).toBe(1);
  });

  test("lists teams by their failures, those of no team apart from the total", async () => {
    await insert(
      failure({ id: "a", at: at("2026-02-03T12:00:00Z"), team: "search" }, "rollback"),
      failure({ id: "b", at: at("2026-02-03T12:00:00Z"), team: null }, "revert"),
      failure({ id: "c", at: at("2026-02-03T12:00:00Z"), team: "payments" }, "fix_forward"),
      failure({ id: "d", at: at("2026-02-03T12:00:00Z"), team: "payments" }, "flag_off"),
    );
    const { total, items } = await readRemedies(context, { ...asked, by: "team" });
    expect(total.failures).toBe(4);
    expect(items.map(({ name, failures }) => [name, failures])).toEqual([
      ["payments", 2],
      [null, 1],
      ["search", 1],
    ]);
    expect(items[1]?.tried).toMatchObject({ revert: 1, rollback: 0 });
  });

  test("has every month of the window in the zone, cut ones marked, empty ones with n 0", async () => {
    // Still January in UTC, February in Berlin.
    await insert(failure({ id: "a", at: at("2026-01-31T23:30:00Z") }, "rollback"));
    const { items } = await readRemedies(context, { ...asked, by: "month" });
    expect(items.map(({ name, partial, failures }) => [name, partial, failures])).toEqual([
      ["2026-01-01", true, 0],
      ["2026-02-01", false, 1],
      ["2026-03-01", true, 0],
    ]);
    expect(items[0]?.fixForwards).toEqual({ n: 0, fixForwards: 0, rate: null, interval: null });
  });

  test("leaves out what the fail rate leaves out", async () => {
    await insert(
      failure({ id: "a", at: at("2026-02-03T12:00:00Z"), kind: "rollback" }, "rollback"),
      failure({ id: "b", at: at("2026-02-03T12:00:00Z"), tier: "staging" }, "rollback"),
      failure({ id: "c", at: at("2026-02-03T12:00:00Z"), counted: false }, "rollback"),
      failure({ id: "d", at: at("2026-03-16T00:00:00Z") }, "rollback"),
    );
    const { total } = await readRemedies(context, { ...asked, by: "team" });
    expect(total.failures).toBe(0);
    expect(total.rollbackFirst).toEqual({ n: 0, first: 0, rate: null });
  });
});

test.each([
  ["range_too_large", "1970-01-01T00:00:00Z", "2200-01-01T00:00:00Z"],
  ["invalid_field", "2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"],
])("refuses as %s what the metrics refuse", async (code, from, to) => {
  const question = { ...asked, from: at(from), to: at(to) };
  await expect(readBatches(context, question)).rejects.toMatchObject({ code });
  await expect(readRemedies(context, { ...question, by: "team" })).rejects.toMatchObject({ code });
});

describe("listFailures", () => {
  test("tells the remedies in the order tried, each by its name, a page at a time", async () => {
    await insert(
      failure({ id: "a", at: at("2026-02-03T12:00:00Z") }, "fix_forward", "rollback"),
      failure({ id: "b", at: at("2026-02-04T12:00:00Z") }, "rollback"),
      { id: "a-rollback", at: at("2026-02-03T13:00:00Z"), kind: "rollback", version: "1.2.0" },
    );
    const first = await listFailures(context, { ...asked, limit: 1 });
    expect(first.items.map(({ id }) => id)).toEqual(["b"]);
    const next = await listFailures(context, {
      ...asked,
      limit: 1,
      cursor: first.nextCursor ?? undefined,
    });
    expect(next.items[0]?.remedies).toMatchObject([
      { kind: "fix_forward", held: false, label: null },
      { kind: "rollback", held: true, label: "1.2.0" },
    ]);
    expect(next.nextCursor).toBeNull();
  });

  test("narrows to what held, and to those still open", async () => {
    await insert(
      failure({ id: "a", at: at("2026-02-03T12:00:00Z") }, "fix_forward"),
      failure({ id: "b", at: at("2026-02-04T12:00:00Z"), held_by: null, restored_at: null }),
      failure({ id: "c", at: at("2026-02-05T12:00:00Z") }, "rollback"),
    );
    const ids = async (...heldBy: ("fix_forward" | "open")[]) =>
      (await listFailures(context, { ...asked, heldBy, limit: 10 })).items.map(({ id }) => id);
    expect(await ids("fix_forward")).toEqual(["a"]);
    expect(await ids("open")).toEqual(["b"]);
    expect(await ids("fix_forward", "open")).toEqual(["b", "a"]);
  });
});

describe("readBatches", () => {
  const changed = (id: string, change_count: number | null, more: Partial<Row> = {}): Row => ({
    id,
    at: at("2026-02-03T12:00:00Z"),
    change_count,
    changes_known: change_count !== null,
    ...more,
  });

  test("counts each deployment in its class, unknown change sets apart", async () => {
    await insert(
      changed("a", 1),
      changed("b", 3, { failed: true }),
      changed("c", 2),
      changed("d", 40, { failed: true }),
      changed("e", null),
      changed("f", null, { kind: "rollback" }),
    );
    const answer = await readBatches(context, asked);
    expect(answer).toMatchObject({ deployments: 5, unknown: 1, size: { n: 4, p50: 2.5 } });
    expect(answer.bySize.map(({ from, n, failed, rate }) => [from, n, failed, rate])).toEqual([
      [0, 0, 0, null],
      [1, 1, 0, 0],
      [2, 2, 1, 0.5],
      [4, 0, 0, null],
      [8, 0, 0, null],
      [16, 0, 0, null],
      [32, 1, 1, 1],
    ]);
  });

  test("takes lines and the oldest branch from the pull requests that a deployment merged", async () => {
    const ship = async (row: Row) => {
      const deployment = deploymentRow(row);
      await database.db.insertInto("deployments").values(deployment).execute();
      await shipChanges(database.db, deployment, [10, 20]);
    };
    await ship(changed("a", 2, { failed: true }));
    await ship(changed("b", 2));
    const pull = (number: number, more: Record<string, unknown>) => ({
      id: `pull-${number}`,
      repository: "acme/checkout",
      number,
      additions: 30,
      deletions: 5,
      first_commit_at: at("2026-02-01T00:00:00Z"),
      merged_at: at("2026-02-01T12:00:00Z"),
      ...more,
    });
    await database.db
      .insertInto("pull_requests")
      .values([
        pull(1, { merge_revision: "a-change-0" }),
        // Merged by a merge commit: what ships is the branch's own head.
        pull(2, {
          merge_revision: "elsewhere",
          head_revision: "a-change-1",
          first_commit_at: at("2026-01-20T12:00:00Z"),
        }),
        // Never merged: another branch that holds the same commit.
        pull(3, { head_revision: "b-change-0", merged_at: null }),
        pull(4, {
          merge_revision: "b-change-1",
          additions: null,
          first_commit_at: null,
          opened_at: at("2026-02-01T10:00:00Z"),
        }),
      ])
      .execute();
    // Derivation found the first commit of a pull request that does not tell it.
    await database.db
      .updateTable("deployment_changes")
      .set({ coding_seconds: 4 * 3_600 })
      .where("revision", "=", "b-change-1")
      .execute();
    const { lines, byLines, branchAgeSeconds, byBranchAge, sampled } = await readBatches(
      context,
      asked,
    );
    expect(lines).toEqual({ n: 1, p50: 70, p90: 70 });
    expect(byLines.filter(({ n }) => n > 0)).toMatchObject([{ from: 50, n: 1, failed: 1 }]);
    expect(branchAgeSeconds).toMatchObject({ n: 2 });
    expect(byBranchAge.filter(({ n }) => n > 0)).toMatchObject([
      { from: 4 * 3_600, n: 1, failed: 0 },
      { from: 7 * 86_400, n: 1, failed: 1 },
    ]);
    expect(sampled).toEqual({ n: 2, of: 2 });
  });

  test("has no rate where nothing was deployed, nor where failure is not judged", async () => {
    await insert(changed("a", 1, { environment: "staging", tier: "staging" }));
    const scope = { ...everything, environments: ["staging"] };
    const answer = await readBatches(context, { ...asked, scope });
    expect(answer.deployments).toBe(0);
    expect(answer.bySize.every(({ rate, interval }) => rate === null && interval === null)).toBe(
      true,
    );
    expect(answer.size).toEqual({ n: 0, p50: null, p90: null });
    expect(answer.comparisons.size.verdict).toBe("too_few");
  });
});
