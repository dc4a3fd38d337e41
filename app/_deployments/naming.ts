import type { DeploymentAnswer } from "@/lib/http/answers";

export function shortRevision(revision: string | null): string | null {
  return revision === null ? null : revision.slice(0, 7);
}

/** What a person calls what was deployed: the version, else the revision's first seven digits. */
export function versionName(thing: { version: string | null; revision: string | null }): string {
  return thing.version ?? shortRevision(thing.revision) ?? "unknown revision";
}

export function deploymentHref(id: string): string {
  return `/deployments/${encodeURIComponent(id)}`;
}

export function serviceHref(service: string, environment?: string | null): string {
  const path = `/services/${encodeURIComponent(service)}`;
  return environment ? `${path}?environment=${encodeURIComponent(environment)}` : path;
}

/** When it counts: its finish, else its start, else when it was queued. */
export function momentOf(
  deployment: Pick<DeploymentAnswer, "finishedAt" | "startedAt" | "queuedAt">,
): string | null {
  return deployment.finishedAt ?? deployment.startedAt ?? deployment.queuedAt;
}

export const kindNames: Record<NonNullable<DeploymentAnswer["kind"]>, string> = {
  first: "first deployment",
  redeploy: "redeployment",
  rollback: "rollback",
  revert: "revert",
  fix_forward: "fix-forward",
  deploy: "deployment",
};

export const remedyNames = {
  rollback: "rollback",
  revert: "revert",
  fix_forward: "fix-forward",
  flag_off: "flag off",
  none: "no remedy",
} as const;

/** The first line of a commit message. */
export function subjectOf(message: string | null | undefined): string | null {
  return message?.split("\n")[0]?.trim() || null;
}
