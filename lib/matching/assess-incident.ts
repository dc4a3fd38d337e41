import type { Context } from "@/lib/context";
import { markDirty } from "@/lib/facts/mark-dirty";
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
  await context.db.transaction().execute(async (trx) => {
    const assessment = {
      assessed_at: assessedAt,
      model,
      suspects: JSON.stringify(suspects),
    };
    await trx
      .insertInto("assessments")
      .values({ incident_id: incident.id, occasion, ...assessment })
      .onConflict((conflict) =>
        conflict.columns(["incident_id", "occasion"]).doUpdateSet(assessment),
      )
      .execute();
    const blamed = suspects.flatMap((suspect) =>
      suspect.kind === "deployment" && suspect.id ? suspect.id : [],
    );
    const streams =
      blamed.length === 0
        ? []
        : await trx
            .selectFrom("deployments")
            .select(["service", "environment", "at as from"])
            .where("id", "in", blamed.slice(0, 3))
            .execute();
    await markDirty(trx, [
      { service: incident.service, environment: incident.environment, from: incident.opened_at },
      ...streams,
    ]);
  });
}
