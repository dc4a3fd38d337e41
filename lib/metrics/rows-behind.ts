import { type RawBuilder, sql } from "kysely";

/**
 * Which rows stand behind each figure of the metrics, as conditions on the table
 * that holds them. A list narrowed to a figure has as many rows as its n says.
 */

/** What the denominators count: a rollout once, other than going back or running again. */
const brings = sql<boolean>`(completed and counted and kind not in ('rollback', 'redeploy'))`;

/** A failed deployment as the fail rate counts it; a failed remedy is counted apart. */
export const failed = sql<boolean>`(failed and counted and tier = 'production' and kind not in ('rollback', 'redeploy'))`;

const restored = sql<boolean>`(${failed} and restored_at is not null and recovery_seconds is not null)`;

const remedied = sql<boolean>`(${failed} and remedies -> 0 is not null)`;

const held = (kind: string) => sql<boolean>`(${failed} and held_by = ${kind})`;

const deploymentRows = {
  deployments: brings,
  judged: sql<boolean>`(${brings} and tier = 'production')`,
  completed: sql<boolean>`(completed and counted)`,
  failed,
  restored,
  open: sql<boolean>`(${failed} and restored_at is null)`,
  detect: sql<boolean>`(${restored} and detect_seconds is not null)`,
  decide: sql<boolean>`(${restored} and decide_seconds is not null)`,
  remedy: sql<boolean>`(${restored} and remedy_seconds is not null)`,
  confirm: sql<boolean>`(${restored} and confirm_seconds is not null)`,
  finished: sql<boolean>`(status in ('succeeded', 'failed'))`,
  succeeded: sql<boolean>`(status = 'succeeded')`,
  remedied,
  rollback_first: sql<boolean>`(${remedied} and remedies -> 0 ->> 'kind' = 'rollback')`,
  rework: sql<boolean>`(completed and counted and rework)`,
  unknown_change_sets: sql<boolean>`(${brings} and changes_known = false)`,
  failed_attempts: sql<boolean>`(counted and failed_attempt)`,
  failed_remedies: sql<boolean>`(counted and failed_remedy)`,
  held_rollback: held("rollback"),
  held_revert: held("revert"),
  held_fix_forward: held("fix_forward"),
  held_flag_off: held("flag_off"),
  held_none: held("none"),
} satisfies Record<string, RawBuilder<boolean>>;

/** Later regions of a rollout have no lead time, so their stages are left out with it. */
const stage = (column: string) =>
  sql<boolean>`(lead_seconds is not null and ${sql.ref(column)} is not null)`;

const changeRows = {
  lead_time: sql<boolean>`(lead_seconds is not null)`,
  anomalies: sql<boolean>`anomaly`,
  coding: stage("coding_seconds"),
  pickup: stage("pickup_seconds"),
  review: stage("review_seconds"),
  merge_to_deploy: stage("merge_to_deploy_seconds"),
  deploy: stage("deploy_seconds"),
} satisfies Record<string, RawBuilder<boolean>>;

/** Attempts at a remedy: rows of their own, beside the failures that they answered. */
export const triedFigures = {
  tried_rollback: "rollback",
  tried_revert: "revert",
  tried_fix_forward: "fix_forward",
} as const;

export type DeploymentFigure = keyof typeof deploymentRows | keyof typeof triedFigures;
export const deploymentFigures = [...Object.keys(deploymentRows), ...Object.keys(triedFigures)] as [
  DeploymentFigure,
  ...DeploymentFigure[],
];

export type ChangeFigure = keyof typeof changeRows;
export const changeFigures = Object.keys(changeRows) as [ChangeFigure, ...ChangeFigure[]];

export const releaseFigures = ["releases", "tried_flag_off"] as const;
export type ReleaseFigure = (typeof releaseFigures)[number];

/** The condition on `deployments`; null for a remedy's attempts, which `triedBy` finds. */
export function deploymentsOf(figure: DeploymentFigure): RawBuilder<boolean> | null {
  return figure in triedFigures ? null : deploymentRows[figure as keyof typeof deploymentRows];
}

/** The condition on `deployment_changes`. */
export function changesOf(figure: ChangeFigure): RawBuilder<boolean> {
  return changeRows[figure];
}

/**
 * The public ids of what was tried as a remedy of this kind for the failures that
 * `where` holds, each with the oldest failure that it served.
 */
export function triedBy(
  kind: "rollback" | "revert" | "fix_forward" | "flag_off",
  where: RawBuilder<boolean>,
): RawBuilder<string> {
  const attempt = kind === "flag_off" ? "release" : "deployment";
  return sql<string>`(
    select tried ->> ${sql.lit(attempt)} from deployments, jsonb_array_elements(remedies) as tried
    where ${failed} and ${where} and tried ->> 'kind' = ${kind}
      and not ${servedOlder("deployments", "tried")})`;
}

/**
 * Whether a remedy of a failure had served an older one of the same stream: then it
 * is counted there, so that parts of a window add up.
 */
export function servedOlder(failure: string, remedy: string): RawBuilder<boolean> {
  const [own, tried] = [sql.ref(failure), sql.ref(remedy)];
  // Fenced by offset 0: a look-up for each attempt, where a join would read every failure there is.
  return sql<boolean>`exists (
    select from (
      select at, id, service, environment from deployments
      where ${failed} and remedies @> jsonb_build_array(case when ${tried} ->> 'deployment' is not null
        then jsonb_build_object('deployment', ${tried} -> 'deployment')
        else jsonb_build_object('release', ${tried} -> 'release') end)
      offset 0
    ) older
    where older.service = ${own}.service and older.environment = ${own}.environment
      and (older.at, older.id) < (${own}.at, ${own}.id))`;
}
