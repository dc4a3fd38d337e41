import type { Selectable } from "kysely";
import type { DeploymentChangesTable } from "@/db/schema/attempts";
import { iso } from "@/lib/deployments/deployment-answer";
import type { ChangeAnswer } from "@/lib/http/fact-answers";

export interface ChangeRow extends Selectable<DeploymentChangesTable> {
  message: string | null;
  author: string | null;
  authored_at: Date | null;
  version: string | null;
  pull_request: number | null;
}

/** A change as one deployment shipped it, and in words why its lead time is what it is. */
export function changeAnswer(row: ChangeRow): ChangeAnswer {
  const firstAuthoredAt =
    row.lead_seconds === null
      ? null
      : new Date(row.finished_at.getTime() - row.lead_seconds * 1000);
  return {
    revision: row.revision,
    repository: row.repository,
    message: row.message,
    author: row.author,
    authoredAt: iso(row.authored_at),
    firstAuthoredAt: iso(firstAuthoredAt),
    pullRequest: row.pull_request,
    service: row.service,
    team: row.team,
    environment: row.environment,
    tier: row.tier,
    deployment: row.deployment_id,
    version: row.version,
    finishedAt: row.finished_at.toISOString(),
    leadTimeSeconds: row.lead_seconds,
    codingSeconds: row.coding_seconds,
    pickupSeconds: row.pickup_seconds,
    reviewSeconds: row.review_seconds,
    mergeToDeploySeconds: row.merge_to_deploy_seconds,
    deploySeconds: row.deploy_seconds,
    anomaly: row.anomaly,
    reasons: reasonsOf(row, firstAuthoredAt),
  };
}

function reasonsOf(row: ChangeRow, firstAuthoredAt: Date | null): string[] {
  const sayings = [
    leadSaying(row, firstAuthoredAt),
    row.anomaly && "anomaly: something of it lies before what it should follow, and is left out",
    row.paths_unknown && "its paths are unknown, so every service of the repository has it",
  ];
  return sayings.filter((saying) => saying !== false);
}

function leadSaying({ anomaly, pull_request, authored_at }: ChangeRow, first: Date | null) {
  if (first === null)
    return (
      !anomaly && "no lead time: it had shipped here before, or when it was authored is unknown"
    );
  const isCommit = authored_at === null || Math.abs(+authored_at - +first) < 1000;
  if (isCommit) return "timed from its commit";
  return pull_request === null
    ? "timed from the first commit it stands for"
    : `timed from the first commit of pull request #${pull_request}`;
}
