import type { Context } from "@/lib/context";
import { awaitLater, endAwaiting, holdIncident } from "@/lib/facts/await-judgements";
import { saveAssessment } from "@/lib/facts/save-assessment";
import type { SuspectAnswer } from "@/lib/http/answers";
import type { IncidentRow } from "@/lib/incidents/incident-answer";
import { onsetOf } from "@/lib/matching/evidence";
import { judge, model } from "@/lib/matching/judge";
import { readCase } from "@/lib/matching/read-case";
import type { Due } from "@/lib/matching/read-due";
import { suspectAnswer } from "@/lib/matching/suspect-answer";

/**
 * When an assessment is made: as the alert arrives, 5 and 30 minutes later, at resolution, when
 * more candidates became known, and when reports joined the incident or parted from it.
 */
export const occasions = [
  "opened",
  "after_5_minutes",
  "after_30_minutes",
  "resolved",
  "more_known",
  "regrouped",
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

const minute = 60_000;

/**
 * Judges an incident and keeps the judgement for all that it waits for: derivation, rebuild
 * and the page all read the stored one. Marks the streams that the answer concerns, and asks
 * for the later ones after the first. Keeps nothing of an incident that went meanwhile.
 */
export async function assessIncident(context: Context, { incident, awaited }: Due): Promise<void> {
  const assessedAt = context.clock.now();
  const suspects = JSON.stringify(await suspectsOf(context, incident, assessedAt));
  const later = [5, 30].map((minutes) => ({
    occasion: `after_${minutes}_minutes`,
    dueAt: new Date(assessedAt.getTime() + minutes * minute),
  }));
  const { threshold } = context.config.matching;
  await context.db.transaction().execute(async (trx) => {
    // Before any stream is marked, as derivation does it: neither waits for the other.
    if (!(await holdIncident(trx, incident.id))) return;
    await endAwaiting(trx, incident.id, awaited);
    if (awaited.some(({ occasion }) => occasion === "opened"))
      await awaitLater(trx, incident.id, later);
    for (const { occasion } of awaited)
      await saveAssessment(
        trx,
        { incident_id: incident.id, occasion, assessed_at: assessedAt, model, suspects },
        threshold,
      );
  });
}
