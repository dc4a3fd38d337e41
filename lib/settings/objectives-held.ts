import type { Selectable } from "kysely";
import type { ConfiguredObjectivesTable } from "@/db/schema/slos";
import type { Indicator } from "@/lib/slo/indicators";
import { type Objective, objectiveId, type Scope } from "@/lib/slo/objective";

/** Objectives of pushline.yaml first; a stored one for the same indicator and scope gives way. */
export function objectivesBeside(
  file: readonly Objective[],
  stored: readonly Objective[],
): Objective[] {
  const ofFile = new Set(file.map(objectiveId));
  return [...file, ...stored.filter((each) => !ofFile.has(objectiveId(each)))];
}

export function objectiveOfRow(row: Selectable<ConfiguredObjectivesTable>): Objective {
  return {
    indicator: row.indicator as Indicator,
    scope: { kind: row.scope as Scope["kind"], name: row.scope_name },
    thresholdSeconds: row.threshold_seconds,
    target: row.target,
    windowDays: row.window_days,
  };
}
