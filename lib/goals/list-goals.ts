import { reachFor } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { courseOf, expectedAt } from "@/lib/goals/course";
import { dueAt, type HeldGoal, heldGoals } from "@/lib/goals/held-goals";
import type { GoalMetric } from "@/lib/goals/metrics";
import type { Page } from "@/lib/http/answers";
import type { FiguresAnswer } from "@/lib/http/figure-answers";
import type { GoalAnswer } from "@/lib/http/goal-answers";
import { readMetrics } from "@/lib/metrics/read-metrics";

const standingDays = 28;
const dayMs = 86_400_000;

/**
 * The goals of the teams within reach, by team and metric, each with where the team stands
 * over the last 28 days and whether that is on course. Throws `not_found` for a team outside.
 */
export async function listGoals(
  context: Context,
  { team = [] }: { team?: string[] },
): Promise<Page<GoalAnswer>> {
  const within = await reachFor(context, { team });
  const goals = (await heldGoals(context.db, context.config)).filter(
    (goal) =>
      (team.length === 0 || team.includes(goal.team)) &&
      (within === null || within.teams.includes(goal.team)),
  );
  return { items: await describeGoals(context, goals), nextCursor: null };
}

/**
 * Goals as the list has them; each team's figures of one stretch are read once, one stretch
 * after another: hundreds of goals at once would take every connection of the pages.
 */
export async function describeGoals(
  context: Context,
  goals: readonly HeldGoal[],
): Promise<GoalAnswer[]> {
  const now = context.clock.now();
  const known = new Map<string, FiguresAnswer>();
  const before = async (team: string, to: Date): Promise<FiguresAnswer> => {
    const key = JSON.stringify([team, to]);
    const figures = known.get(key) ?? (await figuresBefore(context, team, to));
    known.set(key, figures);
    return figures;
  };
  const answers: GoalAnswer[] = [];
  for (const goal of goals) {
    const current = figureOf(goal.metric, await before(goal.team, now));
    const began = goal.createdAt && goal.createdAt < now ? goal.createdAt : null;
    const baseline = began
      ? figureOf(goal.metric, await before(goal.team, began))
      : { value: null, n: 0 };
    const due = dueAt(goal, context.config);
    const question = {
      ...goal,
      dueAt: due,
      current: current.value,
      baseline: baseline.value,
      createdAt: began,
    };
    answers.push({
      ...goal,
      createdAt: goal.createdAt?.toISOString() ?? null,
      dueAt: due.toISOString(),
      current,
      baseline,
      expected: expectedAt(question, now),
      course: courseOf(question, now),
    });
  }
  return answers;
}

async function figuresBefore(context: Context, team: string, to: Date): Promise<FiguresAnswer> {
  const { total } = await readMetrics(context, {
    from: new Date(to.getTime() - standingDays * dayMs),
    to,
    bucket: "month",
    timezone: "UTC",
    scope: { services: [], teams: [team], environments: [] },
  });
  return total;
}

/** The figure that stands for a metric: deployments a day, seconds (p50) or a rate. */
function figureOf(metric: GoalMetric, figures: FiguresAnswer): GoalAnswer["current"] {
  const { deploymentFrequency, leadTime, changeFailRate, recoveryTime, reworkRate } = figures;
  switch (metric) {
    case "deployment_frequency":
      return { value: deploymentFrequency.perDay, n: deploymentFrequency.deployments };
    case "lead_time":
      return { value: leadTime.p50Seconds, n: leadTime.n };
    case "change_fail_rate":
      return { value: changeFailRate.rate, n: changeFailRate.n };
    case "recovery_time":
      return { value: recoveryTime.p50Seconds, n: recoveryTime.n };
    case "rework_rate":
      return { value: reworkRate.rate, n: reworkRate.n };
  }
}
