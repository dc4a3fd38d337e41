import type { Transaction } from "kysely";
import type { z } from "zod";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import { newId } from "@/lib/auth/secrets";
import { goalFields, targetProblem } from "@/lib/config/goals";
import type { Context } from "@/lib/context";
import { dueAt, type HeldGoal, heldGoals } from "@/lib/goals/held-goals";
import { describeGoals } from "@/lib/goals/list-goals";
import type { GoalAnswer } from "@/lib/http/goal-answers";
import { Problem } from "@/lib/http/problem";
import { holdSettings } from "@/lib/settings/change-settings";

export const goalBody = goalFields;
export type GoalBody = z.output<typeof goalBody>;

/** What may be changed of a goal: whose it is and of which metric stays. */
export const goalChange = goalFields.pick({ target: true, by: true });
export type GoalChange = z.output<typeof goalChange>;

/**
 * Sets a team's goal for a metric. Throws what the policy says of the team, `invalid_field`
 * for a team that is not there, a target or a date that cannot be, `provisioned` and
 * `name_taken` where the team has a goal for the metric.
 */
export async function addGoal(context: Context, body: GoalBody): Promise<GoalAnswer> {
  authorise(context, "manage", { team: body.team });
  refuseUnknownTeam(context, body.team);
  refuseImpossible(context, body);
  const goal = await context.db.transaction().execute(async (trx) => {
    await holdSettings(trx);
    await refuseSecond(trx, context, body);
    const added = {
      ...body,
      id: newId(),
      createdAt: context.clock.now(),
      createdBy: context.actor.name,
      provisioned: false,
    };
    const { id, team, metric, target, by, createdAt, createdBy } = added;
    await trx
      .insertInto("configured_goals")
      .values({
        id,
        team,
        metric,
        target,
        due_on: by,
        created_at: createdAt,
        created_by: createdBy,
      })
      .execute();
    await recordSaved(trx, context, added);
    return added;
  });
  return describe(context, goal);
}

/**
 * Changes a goal's target or date; its line still runs from when it was set. Throws
 * `not_found`, `provisioned`, `invalid_field` and what the policy says of its team.
 */
export async function changeGoal(
  context: Context,
  id: string,
  { target, by }: GoalChange,
): Promise<GoalAnswer> {
  authorise(context, "manage");
  const goal = await context.db.transaction().execute(async (trx) => {
    await holdSettings(trx);
    const changed = { ...(await ownGoal(trx, context, id)), target, by };
    refuseImpossible(context, changed);
    await trx
      .updateTable("configured_goals")
      .set({ target, due_on: by })
      .where("id", "=", id)
      .execute();
    await recordSaved(trx, context, changed);
    return changed;
  });
  return describe(context, goal);
}

/** A goal that the actor may change. Throws `not_found`, `provisioned`, what the policy says. */
export async function ownGoal(
  trx: Transaction<Database>,
  context: Context,
  id: string,
): Promise<HeldGoal> {
  const goal = (await heldGoals(trx, context.config)).find((each) => each.id === id);
  if (!goal) throw new Problem("not_found", "There is no goal of this id.");
  authorise(context, "manage", { team: goal.team });
  if (goal.provisioned) throw provisioned();
  return goal;
}

/** How the audit calls a goal. */
export const goalName = ({ team, metric }: Pick<HeldGoal, "team" | "metric">): string =>
  `${team}: ${metric.replaceAll("_", " ")}`;

async function recordSaved(
  trx: Transaction<Database>,
  context: Context,
  goal: HeldGoal,
): Promise<void> {
  await recordAudit(trx, context, {
    action: "goal.saved",
    subject: { kind: "goal", id: goalName(goal) },
    details: { target: goal.target, by: goal.by },
  });
}

async function describe(context: Context, goal: HeldGoal): Promise<GoalAnswer> {
  const [answer] = await describeGoals(context, [goal]);
  if (!answer) throw new Error("A described goal is there.");
  return answer;
}

function refuseUnknownTeam({ config }: Context, team: string): void {
  if (config.teams.some(({ name }) => name === team)) return;
  throw new Problem("invalid_field", "There is no team of this name.", {
    field: "team",
    expected: "the name of a team",
  });
}

function refuseImpossible(
  context: Context,
  goal: Pick<HeldGoal, "team" | "metric" | "target" | "by">,
): void {
  const expected = targetProblem(goal);
  if (expected !== null)
    throw new Problem("invalid_field", `The target is ${expected}.`, { field: "target", expected });
  if (dueAt(goal, context.config) <= context.clock.now())
    throw new Problem("invalid_field", "This day is over.", {
      field: "by",
      expected: "a day that is not over",
    });
}

async function refuseSecond(
  trx: Transaction<Database>,
  { config }: Context,
  { team, metric }: GoalBody,
): Promise<void> {
  const goals = await heldGoals(trx, config);
  const other = goals.find((goal) => goal.team === team && goal.metric === metric);
  if (other?.provisioned) throw provisioned();
  if (other)
    throw new Problem("name_taken", "The team has a goal for this metric, which can be changed.", {
      field: "metric",
      expected: "another metric",
    });
}

function provisioned(): Problem {
  return new Problem("provisioned", "This comes from pushline.yaml, and is changed there.");
}
