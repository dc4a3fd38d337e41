import { isWithin, reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { deploymentAnswer } from "@/lib/deployments/deployment-answer";
import { withoutOutsideIncidents } from "@/lib/deployments/outside-incidents";
import { readChanges } from "@/lib/deployments/read-changes";
import { readCorrections } from "@/lib/deployments/read-corrections";
import { noEvidence, readEvidence } from "@/lib/deployments/read-evidence";
import type { DeploymentAnswer } from "@/lib/http/answers";
import { Problem } from "@/lib/http/problem";

/** A change set of the size of a vendored import still answers. */
const changesAtMost = 5_000;

/** One deployment, named by any of its reports, with all of its changes. Throws `not_found`. */
export async function readDeployment(context: Context, named: string): Promise<DeploymentAnswer> {
  const within = reachOf(context);
  const row = await context.db
    .selectFrom("deployments")
    .selectAll()
    .where("id", "=", (query) =>
      query.selectFrom("deployment_reports").select("deployment_id").where("id", "=", named),
    )
    .executeTakeFirst();
  if (!row || !isWithin(within, row.service))
    throw new Problem("not_found", "There is no deployment of this id.");
  const { id } = row;
  const [changes, corrections, evidence] = await Promise.all([
    readChanges(context.db, [id], changesAtMost),
    readCorrections(context.db, [id]),
    readEvidence(context.db, [id]),
  ]);
  const answer = deploymentAnswer(
    row,
    changes.get(id) ?? [],
    corrections.get(id) ?? null,
    evidence.get(id) ?? noEvidence,
  );
  const [shown = answer] = await withoutOutsideIncidents(context.db, within, [answer]);
  return shown;
}
