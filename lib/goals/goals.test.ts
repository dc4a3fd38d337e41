import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { listGoals } from "@/lib/goals/list-goals";
import { removeGoal } from "@/lib/goals/remove-goal";
import { addGoal, changeGoal, type GoalBody } from "@/lib/goals/save-goal";
import { deploymentRow } from "@/lib/metrics/testing";
import { removeTeam } from "@/lib/settings/remove-team";
import { saveTeam } from "@/lib/settings/save-team";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;
const now = "2026-03-20T12:00:00Z";
const teams = ["payments", "search"].map((name) => ({ name, timezone: "Europe/Berlin" }));

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const table of ["deployments", "metric_cells", "configured_goals"] as const)
    await database.db.deleteFrom(table).execute();
  context = await contextAt(now);
});

const contextAt = (time: string, file: Parameters<typeof testContext>[1] = {}) =>
  testContext(database, { teams, ...file }, { clock: fixedClock(time) });

const goal: GoalBody = {
  team: "payments",
  metric: "change_fail_rate",
  target: 0.1,
  by: "2026-03-31",
};

/** So many deployments of payments on a day, the first ones failed. */
async function deployed(day: string, count: number, failed: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) =>
    deploymentRow({ at: new Date(`${day}T1${index}:00:00Z`), failed: index < failed }),
  );
  await database.db.insertInto("deployments").values(rows).execute();
}

describe("goals", () => {
  test("tell where the team stands, and whether the line from then asks for less failure", async () => {
    await deployed("2026-01-20", 4, 2);
    await addGoal(await contextAt("2026-02-01T12:00:00Z"), goal);
    await deployed("2026-03-10", 5, 1);
    const [set] = (await listGoals(context, {})).items;
    expect(set).toMatchObject({
      ...goal,
      dueAt: "2026-03-31T22:00:00.000Z",
      createdBy: "pushline",
      provisioned: false,
      baseline: { value: 0.5, n: 4 },
      current: { value: 0.2, n: 5 },
      course: "behind",
    });
    expect(set?.expected).toBeCloseTo(0.178, 3);
  });

  test("have no course where nothing was deployed", async () => {
    const set = await addGoal(context, goal);
    expect(set).toMatchObject({
      current: { value: null, n: 0 },
      course: "unknown",
      expected: null,
    });
  });

  test("are missed once their last day has ended in the team's zone", async () => {
    await addGoal(context, goal);
    await deployed("2026-03-25", 2, 1);
    const courseAt = async (time: string) =>
      (await listGoals(await contextAt(time), {})).items[0]?.course;
    expect(await courseAt("2026-03-31T21:59:00Z")).not.toBe("missed");
    expect(await courseAt("2026-03-31T22:00:00Z")).toBe("missed");
  });

  test("are one for each metric of a team, changed and removed by their id", async () => {
    const { id } = await addGoal(context, goal);
    await expect(addGoal(context, goal)).rejects.toMatchObject({ code: "name_taken" });
    await addGoal(context, { ...goal, team: "search" });
    expect(await changeGoal(context, id, { target: 0.05, by: "2026-06-30" })).toMatchObject({
      id,
      target: 0.05,
      by: "2026-06-30",
    });
    expect((await listGoals(context, { team: ["search"] })).items).toHaveLength(1);
    await removeGoal(context, id);
    await expect(removeGoal(context, id)).rejects.toMatchObject({ code: "not_found" });
    expect((await listGoals(context, {})).items.map(({ team }) => team)).toEqual(["search"]);
    const actions = await database.db.selectFrom("audit").select(["action", "subject"]).execute();
    expect(actions.map(({ action }) => action).slice(-4)).toEqual([
      "goal.saved",
      "goal.saved",
      "goal.saved",
      "goal.removed",
    ]);
    expect(actions.at(-1)?.subject).toBe("payments: change fail rate");
  });

  test("refuse what cannot be: a rate above 1, no deployments, a day that is over, no team", async () => {
    const refused = (more: Partial<GoalBody>, field: string) =>
      expect(addGoal(context, { ...goal, ...more })).rejects.toMatchObject({
        code: "invalid_field",
        details: { field },
      });
    await refused({ target: 20 }, "target");
    await refused({ metric: "deployment_frequency", target: 0 }, "target");
    await refused({ by: "2026-03-19" }, "by");
    await refused({ team: "nobody" }, "team");
  });

  test("of pushline.yaml hold before stored ones, and are read-only", async () => {
    await addGoal(context, goal);
    const ofFile = { ...goal, target: 0.02, since: "2026-03-01" };
    const provisioned = await contextAt(now, { goals: [ofFile] });
    const { items } = await listGoals(provisioned, {});
    expect(items).toMatchObject([
      { target: 0.02, provisioned: true, createdAt: "2026-02-28T23:00:00.000Z" },
    ]);
    const change = changeGoal(provisioned, items[0]?.id ?? "", { target: 1, by: "2026-04-01" });
    await expect(change).rejects.toMatchObject({ code: "provisioned" });
    await expect(addGoal(provisioned, goal)).rejects.toMatchObject({ code: "provisioned" });
  });

  test("go with their team", async () => {
    await saveTeam(context, "gone", { timezone: "UTC" });
    await addGoal(context, { ...goal, team: "gone" });
    await removeTeam(context, "gone");
    expect((await listGoals(context, {})).items).toEqual([]);
  });
});
