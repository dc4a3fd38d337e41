import type { ColumnType } from "kysely";

export interface ConfiguredGoalsTable {
  id: string;
  team: string;
  metric: string;
  /** Deployments a day, seconds, or a rate of 0..1. */
  target: number;
  /** A calendar date, in the team's zone; written as `2027-03-31`. */
  due_on: ColumnType<Date, string, string>;
  created_at: Date;
  created_by: string;
}
