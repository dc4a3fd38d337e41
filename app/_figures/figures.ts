import type { ChangeFigure, DeploymentFigure, ReleaseFigure } from "@/lib/metrics/rows-behind";

/** Every number that opens to rows, by the list that holds them, in the words of that list. */
export const deploymentFigureNames: Record<DeploymentFigure, string> = {
  deployments: "deployments",
  judged: "deployments in production",
  completed: "completed deployments",
  failed: "failed deployments",
  restored: "restored failures",
  open: "open failures",
  rework: "rework",
  unknown_change_sets: "deployments whose changes are unknown",
  failed_attempts: "failed attempts",
  failed_remedies: "failed remedies",
  held_rollback: "failures that a rollback ended",
  held_revert: "failures that a revert ended",
  held_fix_forward: "failures that a fix-forward ended",
  held_flag_off: "failures that switching a flag off ended",
  held_none: "failures that ended without a remedy",
  tried_rollback: "rollbacks tried for failures",
  tried_revert: "reverts tried for failures",
  tried_fix_forward: "fix-forwards tried for failures",
  remedied: "failures with a remedy",
  rollback_first: "failures that a rollback answered first",
  detect: "restored failures whose detection is timed",
  decide: "restored failures whose decision is timed",
  remedy: "restored failures whose remedy is timed",
  confirm: "restored failures whose confirmation is timed",
  finished: "finished attempts",
  succeeded: "attempts that succeeded",
};

export const changeFigureNames: Record<ChangeFigure, string> = {
  lead_time: "changes with a lead time",
  anomalies: "changes with an anomaly",
  coding: "changes whose coding is timed",
  pickup: "changes whose pickup is timed",
  review: "changes whose review is timed",
  merge_to_deploy: "changes whose way from merge to deployment is timed",
  deploy: "changes whose deployment is timed",
};

export const releaseFigureNames: Record<ReleaseFigure, string> = {
  tried_flag_off: "flags switched off for failures",
  releases: "releases",
};

export type Figure = DeploymentFigure | ChangeFigure | ReleaseFigure;

/** What the figures of a page are about. */
export interface Scope {
  service: string | null;
  team: string | null;
  /** null: tier production. */
  environment: string | null;
  from: Date;
  to: Date;
  /** By whose rules they are counted; left out: ours. */
  definition?: "devlake";
}

interface Stretch {
  from: Date | number | string;
  to: Date | number | string;
}

/**
 * By DevLake's rules these are rows: deployments that succeeded, of them those with an
 * incident, these incidents, and pull requests, each as the change that shipped it.
 */
const devlakeRows: Partial<Record<Figure, { list: string; search: Record<string, string> }>> = {
  deployments: { list: "/deployments", search: { status: "succeeded" } },
  judged: { list: "/deployments", search: { status: "succeeded" } },
  failed: { list: "/deployments", search: { status: "succeeded", failed: "true" } },
  lead_time: { list: "/changes", search: {} },
  restored: { list: "/incidents", search: { figure: "restored" } },
  open: { list: "/incidents", search: { figure: "open" } },
};

/** Whether a number has a list of its rows. */
export function opensRows({ definition }: Scope, figure: Figure): boolean {
  return definition !== "devlake" || figure in devlakeRows;
}

/**
 * The list of exactly the rows behind a number: the page's scope, a stretch of
 * time inside of its window, which of the numbers, and by what else the page narrowed
 * it; `back` is the page to go back to.
 */
export function rowsBehind(
  scope: Scope,
  figure: Figure,
  {
    stretch = scope,
    narrowed,
    back,
  }: { stretch?: Stretch; narrowed?: Record<string, string>; back?: string } = {},
): string {
  const devlake = scope.definition === "devlake" ? devlakeRows[figure] : undefined;
  const list = devlake?.list ?? listOf(figure);
  const search = new URLSearchParams({
    ...(devlake ? { definition: "devlake", ...devlake.search } : { figure }),
    ...narrowed,
    ...(scope.service && { service: scope.service }),
    ...(scope.team && { team: scope.team }),
    ...(scope.environment ? { environment: scope.environment } : placeOf(list)),
    // A bucket that the window cuts counts what lies inside of the window.
    from: later(stretch.from, scope.from),
    to: earlier(stretch.to, scope.to),
    ...(back && { back }),
  });
  return `${list}?${search}`;
}

/** An incident has no tier to be asked for: by DevLake's rules one of no environment belongs here, too. */
function placeOf(list: string): { tier?: string } {
  return list === "/incidents" ? {} : { tier: "production" };
}

function listOf(figure: Figure): string {
  if (figure in changeFigureNames) return "/changes";
  return figure in releaseFigureNames ? "/releases" : "/deployments";
}

function later(at: Stretch["from"], edge: Date): string {
  return new Date(Math.max(new Date(at).getTime(), edge.getTime())).toISOString();
}

function earlier(at: Stretch["to"], edge: Date): string {
  return new Date(Math.min(new Date(at).getTime(), edge.getTime())).toISOString();
}
