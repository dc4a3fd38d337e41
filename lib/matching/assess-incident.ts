import type { Context } from "@/lib/context";
import { saveAssessment } from "@/lib/facts/save-assessment";
import type { SuspectAnswer } from "@/lib/http/answers";
import type { IncidentRow } from "@/lib/incidents/incident-answer";
import { onsetOf } from "@/lib/matching/evidence";
import { judge, model } from "@/lib/matching/judge";
import { readCase } from "@/lib/matching/read-case";
import { suspectAnswer } from "@/lib/matching/suspect-answer";

/** When an assessment is made: as the alert arrives, 5 and 30 minutes later, at resolution, and when more became known. */
export const occasions = [
  "opened",
  "after_5_minutes",
  "after_30_minutes",
  "resolved",
  "more_known",
] as const;
export type Occasion = (typeof occasions)[number];

/** Suspects of an incident as of `assessedAt`, likeliest first, not stored. */
export async function suspectsOf(
  context: Context,
  incident: IncidentRow,
  assessedAt: Date,
): Promise<SuspectAnswer[]> {
  const matter = await readCase(context, incident, assessedAt);
  const onset = onsetOf(matter);
  return judge(matter).map((suspect) => suspectAnswer(suspect, onset));
}

/**
 * Judges an incident and keeps the judgement: derivation, rebuild and the page
 * all read the stored one. Marks the streams that the answer concerns.
 */
export async function assessIncident(
  context: Context,
  incident: IncidentRow,
  occasion: Occasion,
): Promise<void> {
  const assessedAt = context.clock.now();
  const suspects = await suspectsOf(context, incident, assessedAt);
  const assessment = {
    incident_id: incident.id,
    occasion,
    assessed_at: assessedAt,
    model,
    suspects: JSON.stringify(suspects),
  };
  const { threshold } = context.config.matching;
  await context.db.transaction().execute((trx) => saveAssessment(trx, assessment, threshold));
}
