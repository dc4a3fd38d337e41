import type { Transaction } from "kysely";
import { z } from "zod";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import { targetField, thresholdField, windowDaysField } from "@/lib/config/objectives";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import type { ObjectiveAnswer } from "@/lib/http/slo-answers";
import { changeSettings } from "@/lib/settings/change-settings";
import { objectiveAnswerOf } from "@/lib/settings/list-objectives";
import { refuseExisting, refuseProvisioned, type SaveOptions } from "@/lib/settings/names";
import { authoriseObjective } from "@/lib/settings/objective-access";
import { objectiveOfRow } from "@/lib/settings/objectives-held";
import { type Objective, objectiveId, readObjectiveId } from "@/lib/slo/objective";

export const objectiveBody = z.strictObject({
  /** Null switches it off in this scope. */
  thresholdSeconds: thresholdField.nullable(),
  target: targetField,
  windowDays: windowDaysField,
});
type ObjectiveBody = z.output<typeof objectiveBody>;

/**
 * Sets an objective, or switches it off. Throws `not_found` for an id that names no
 * indicator and scope, `provisioned`, `name_taken` and what the policy says of its scope.
 */
export async function saveObjective(
  context: Context,
  id: string,
  body: ObjectiveBody,
  options: SaveOptions = {},
): Promise<ObjectiveAnswer> {
  const objective = { ...namedObjective(id), ...body };
  authoriseObjective(context, objective.scope);
  refuseProvisioned(context.config, "slos", id);
  refuseUnknownTeam(context, objective);
  await changeSettings(context, async (trx) => {
    const before = await heldObjective(trx, id);
    refuseExisting(before !== null, options);
    const row = {
      threshold_seconds: body.thresholdSeconds,
      target: body.target,
      window_days: body.windowDays,
    };
    await trx
      .insertInto("configured_objectives")
      .values({
        id,
        indicator: objective.indicator,
        scope: objective.scope.kind,
        scope_name: objective.scope.name,
        ...row,
        created_at: context.clock.now(),
      })
      .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
      .execute();
    await recordAudit(trx, context, {
      action: "objective.saved",
      subject: { kind: "objective", id },
      details: { before: before && saidOf(before), after: body },
    });
  });
  return objectiveAnswerOf(objective, "settings");
}

/** Takes back what settings say; what holds in a wider scope holds again. Throws as saving does. */
export async function removeObjective(context: Context, id: string): Promise<{ id: string }> {
  const { scope } = namedObjective(id);
  authoriseObjective(context, scope);
  refuseProvisioned(context.config, "slos", id);
  await changeSettings(context, async (trx) => {
    if (!(await heldObjective(trx, id)))
      throw new Problem("not_found", "Settings hold no such objective.");
    await trx.deleteFrom("configured_objectives").where("id", "=", id).execute();
    await recordAudit(trx, context, {
      action: "objective.removed",
      subject: { kind: "objective", id },
    });
  });
  return { id };
}

function namedObjective(id: string): Pick<Objective, "indicator" | "scope"> {
  const named = readObjectiveId(id);
  // One id a thing: what reads the same but is written otherwise would be stored beside it.
  if (!named || objectiveId(named) !== id)
    throw new Problem(
      "not_found",
      "This names no indicator and scope, as build_duration:team:payments.",
    );
  return named;
}

function refuseUnknownTeam({ config }: Context, { scope }: Pick<Objective, "scope">): void {
  if (scope.kind !== "team" || config.teams.some(({ name }) => name === scope.name)) return;
  throw new Problem("invalid_field", "There is no team of this name.", {
    field: "id",
    expected: "the name of a team",
  });
}

async function heldObjective(trx: Transaction<Database>, id: string): Promise<Objective | null> {
  const row = await trx
    .selectFrom("configured_objectives")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return row ? objectiveOfRow(row) : null;
}

function saidOf({ thresholdSeconds, target, windowDays }: Objective): ObjectiveBody {
  return { thresholdSeconds, target, windowDays };
}
