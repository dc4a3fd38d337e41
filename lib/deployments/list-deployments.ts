import type { RawBuilder } from "kysely";
import { reachFor } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { deploymentAnswer } from "@/lib/deployments/deployment-answer";
import { withoutOutsideIncidents } from "@/lib/deployments/outside-incidents";
import { readChanges } from "@/lib/deployments/read-changes";
import { readCorrections } from "@/lib/deployments/read-corrections";
import { noEvidence, readEvidence } from "@/lib/deployments/read-evidence";
import { type DeploymentFilter, selectDeployments } from "@/lib/deployments/select-deployments";
import type { DeploymentAnswer, Page } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";

const changesShown = 20;

/** Deployments newest first (finish, then start, then what is known) of which `also` holds, a page at a time. */
export async function listDeployments(
  context: Context,
  filter: DeploymentFilter & { cursor?: string; limit: number },
  also?: RawBuilder<boolean>,
): Promise<Page<DeploymentAnswer>> {
  const within = await reachFor(context, filter);
  let query = selectDeployments(context.db, filter, within);
  if (also) query = query.where(also);
  if (filter.cursor) query = query.where(olderThan(decodeCursor(filter.cursor)));
  const rows = await query
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(filter.limit + 1)
    .execute();
  const { items, nextCursor } = page(
    rows,
    filter.limit,
    (row) => row,
    (row) => row,
  );
  const ids = items.map((row) => row.id);
  const [changes, corrections, evidence] = await Promise.all([
    readChanges(context.db, ids, changesShown),
    readCorrections(context.db, ids),
    readEvidence(context.db, ids),
  ]);
  const answers = items.map((row) =>
    deploymentAnswer(
      row,
      changes.get(row.id) ?? [],
      corrections.get(row.id) ?? null,
      evidence.get(row.id) ?? noEvidence,
    ),
  );
  return { items: await withoutOutsideIncidents(context.db, within, answers), nextCursor };
}
