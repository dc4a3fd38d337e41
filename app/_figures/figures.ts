import type { ChangeFigure, DeploymentFigure } from "@/lib/metrics/rows-behind";

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
};

export const changeFigureNames: Record<ChangeFigure, string> = {
  lead_time: "changes with a lead time",
  anomalies: "changes with an anomaly",
};

export const releaseFigureNames = {
  tried_flag_off: "flags switched off for failures",
} as const;

export type Figure = DeploymentFigure | ChangeFigure | keyof typeof releaseFigureNames;

/** What the figures of a page are about. */
export interface Scope {
  service: string | null;
  team: string | null;
  /** null: tier production. */
  environment: string | null;
  from: Date;
  to: Date;
}

interface Stretch {
  from: Date | number | string;
  to: Date | number | string;
}

/**
 * The list of exactly the rows behind a number: the page's scope, a stretch of
 * time inside of its window, and which of the numbers; `back` is the search of
 * the page to go back to.
 */
export function rowsBehind(
  scope: Scope,
  figure: Figure,
  { stretch = scope, back }: { stretch?: Stretch; back?: string } = {},
): string {
  const search = new URLSearchParams({
    figure,
    ...(scope.service && { service: scope.service }),
    ...(scope.team && { team: scope.team }),
    ...(scope.environment ? { environment: scope.environment } : { tier: "production" }),
    // A bucket that the window cuts counts what lies inside of the window.
    from: later(stretch.from, scope.from),
    to: earlier(stretch.to, scope.to),
    ...(back && { back }),
  });
  return `${listOf(figure)}?${search}`;
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
