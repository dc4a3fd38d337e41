import { TZDate } from "@date-fns/tz";
import { type Kysely, type Selectable, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { ConfiguredGoalsTable } from "@/db/schema/goals";
import type { Config } from "@/lib/config";
import type { GoalMetric } from "@/lib/goals/metrics";

/** A goal as it was set, wherever that was. */
export interface HeldGoal {
  id: string;
  team: string;
  metric: GoalMetric;
  target: number;
  /** `2027-03-31`, a day of the team's zone. */
  by: string;
  createdAt: Date | null;
  createdBy: string | null;
  provisioned: boolean;
}

/** Every goal by team and metric; where both have one, pushline.yaml's holds. */
export async function heldGoals(
  db: Kysely<Database>,
  config: Pick<Config, "goals" | "teams">,
): Promise<HeldGoal[]> {
  const rows = await db
    .selectFrom("configured_goals")
    .selectAll()
    .select(sql<string>`due_on::text`.as("by"))
    .execute();
  const ofFile = config.goals.map((goal) => fileGoal(goal, config));
  const stored = rows
    .map(storedGoal)
    .filter(
      (goal) => !ofFile.some(({ team, metric }) => team === goal.team && metric === goal.metric),
    );
  return [...ofFile, ...stored].sort(
    (a, b) => a.team.localeCompare(b.team) || a.metric.localeCompare(b.metric),
  );
}

/** When a goal's last day ends in its team's zone. */
export function dueAt(
  { team, by }: Pick<HeldGoal, "team" | "by">,
  config: Pick<Config, "teams">,
): Date {
  return dayIn(by, team, config, 1);
}

function fileGoal(
  { team, metric, target, by, since }: Config["goals"][number],
  config: Pick<Config, "teams">,
): HeldGoal {
  return {
    id: `file:${team}:${metric}`,
    ...{ team, metric, target, by },
    createdAt: since === null ? null : dayIn(since, team, config, 0),
    createdBy: null,
    provisioned: true,
  };
}

function storedGoal(row: Selectable<ConfiguredGoalsTable> & { by: string }): HeldGoal {
  return {
    id: row.id,
    team: row.team,
    metric: row.metric as GoalMetric,
    target: row.target,
    by: row.by,
    createdAt: row.created_at,
    createdBy: row.created_by,
    provisioned: false,
  };
}

function dayIn(date: string, team: string, { teams }: Pick<Config, "teams">, later: number): Date {
  const timezone = teams.find(({ name }) => name === team)?.timezone ?? "UTC";
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(new TZDate(year, month - 1, day + later, timezone).getTime());
}
