import { systemActor } from "@/lib/auth/actor";
import { isWithin, reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { meant } from "@/lib/deployments/meant-changes";
import { readWholes } from "@/lib/deployments/read-wholes";
import type { SuspectAnswer, SuspectsAnswer } from "@/lib/http/answers";
import {
  changesNamed,
  type IncidentRow,
  latestVerdict,
  verdictAnswerOf,
} from "@/lib/incidents/incident-answer";
import { findIncident } from "@/lib/incidents/list-incidents";
import { withoutOutsideChanges } from "@/lib/incidents/outside-changes";
import { suspectsOf } from "@/lib/matching/assess-incident";
import { readRollback } from "@/lib/matching/rollback";

/**
 * The suspects of an incident, likeliest first, from the latest assessment made
 * by `at`; judged on the spot where none is stored yet. Suspects outside of the
 * actor's reach are left out, their probability with them. Throws `not_found`.
 */
export async function readSuspects(
  context: Context,
  incidentId: string,
  at: Date | null,
): Promise<SuspectsAnswer> {
  const incident = await findIncident(context, incidentId);
  const within = reachOf(context);
  const [{ suspects: all, assessedAt }, verdicts] = await Promise.all([
    assessmentAt(context, incident, at),
    context.db
      .selectFrom("verdicts")
      .selectAll()
      .where("incident_id", "in", incident.members)
      .execute(),
  ]);
  const latest = latestVerdict(verdicts, incident.members);
  const wholes = await readWholes(context.db, [
    ...(latest ? changesNamed(latest) : []),
    ...all.flatMap(({ id }) => id ?? []),
  ]);
  const [told] = await withoutOutsideChanges(context.db, within, [
    { verdict: latest ? verdictAnswerOf(latest, wholes) : null },
  ]);
  const verdict = told?.verdict ?? null;
  const suspects = meant(all, wholes).filter(
    ({ kind, service }) => kind === "none" || isWithin(within, service),
  );
  const guilty = guiltyDeployment(suspects, verdict);
  return {
    incident: incident.id,
    suspects,
    assessedAt: assessedAt.toISOString(),
    verdict,
    rollback: guilty ? await readRollback(context.db, guilty) : null,
  };
}

async function assessmentAt(
  context: Context,
  incident: IncidentRow,
  at: Date | null,
): Promise<{ suspects: SuspectAnswer[]; assessedAt: Date }> {
  let query = context.db
    .selectFrom("assessments")
    .select(["suspects", "assessed_at"])
    .where("incident_id", "in", incident.members);
  if (at) query = query.where("assessed_at", "<=", at);
  const stored = await query.orderBy("assessed_at", "desc").executeTakeFirst();
  if (stored)
    return { suspects: stored.suspects as SuspectAnswer[], assessedAt: stored.assessed_at };
  const assessedAt = at ?? context.clock.now();
  // The model weighs the neighbours too, whoever asks; what the asker may see of it is chosen after.
  const model = { ...context, actor: systemActor };
  return { suspects: await suspectsOf(model, incident, assessedAt), assessedAt };
}

/** The deployment to go back from: a person's word first, else the likeliest deployment not rejected. */
function guiltyDeployment(
  suspects: readonly SuspectAnswer[],
  verdict: SuspectsAnswer["verdict"],
): string | null {
  if (verdict?.verdict === "confirmed")
    return verdict.changes.find((change) => change.kind === "deployment")?.id ?? null;
  const rejected = new Set(verdict?.rejected.map((change) => change.id));
  return (
    suspects.find((each) => each.kind === "deployment" && each.id && !rejected.has(each.id))?.id ??
    null
  );
}
