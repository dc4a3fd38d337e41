import type { Context } from "@/lib/context";
import type { SuspectAnswer, SuspectsAnswer } from "@/lib/http/answers";
import { type IncidentRow, latestVerdict, verdictAnswerOf } from "@/lib/incidents/incident-answer";
import { findIncident } from "@/lib/incidents/list-incidents";
import { suspectsOf } from "@/lib/matching/assess-incident";
import { readRollback } from "@/lib/matching/rollback";

/**
 * The suspects of an incident, likeliest first, from the latest assessment made
 * by `at`; judged on the spot where none is stored yet. Throws `not_found`.
 */
export async function readSuspects(
  context: Context,
  incidentId: string,
  at: Date | null,
): Promise<SuspectsAnswer> {
  const incident = await findIncident(context, incidentId);
  const [{ suspects, assessedAt }, verdicts] = await Promise.all([
    assessmentAt(context, incident, at),
    context.db
      .selectFrom("verdicts")
      .selectAll()
      .where("incident_id", "in", incident.members)
      .execute(),
  ]);
  const verdict = latestVerdict(verdicts, incident.members);
  const guilty = guiltyDeployment(suspects, verdict);
  return {
    incident: incident.id,
    suspects,
    assessedAt: assessedAt.toISOString(),
    verdict: verdict ? verdictAnswerOf(verdict) : null,
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
  return { suspects: await suspectsOf(context, incident, assessedAt), assessedAt };
}

/** The deployment to go back from: a person's word first, else the likeliest deployment not rejected. */
function guiltyDeployment(
  suspects: readonly SuspectAnswer[],
  verdict: { verdict: string | null; changes: unknown[]; rejected: unknown[] } | null,
): string | null {
  const named = (changes: unknown[]) => changes as { kind: string; id: string }[];
  if (verdict?.verdict === "confirmed")
    return named(verdict.changes).find((change) => change.kind === "deployment")?.id ?? null;
  const rejected = new Set(named(verdict?.rejected ?? []).map((change) => change.id));
  return (
    suspects.find((each) => each.kind === "deployment" && each.id && !rejected.has(each.id))?.id ??
    null
  );
}
