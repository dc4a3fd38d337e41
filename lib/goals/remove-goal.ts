import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { goalName, ownGoal } from "@/lib/goals/save-goal";
import { holdSettings } from "@/lib/settings/change-settings";

/** Removes a goal. Throws `not_found`, `provisioned` and what the policy says of its team. */
export async function removeGoal(context: Context, id: string): Promise<{ id: string }> {
  authorise(context, "manage");
  await context.db.transaction().execute(async (trx) => {
    await holdSettings(trx);
    const goal = await ownGoal(trx, context, id);
    await trx.deleteFrom("configured_goals").where("id", "=", id).execute();
    await recordAudit(trx, context, {
      action: "goal.removed",
      subject: { kind: "goal", id: goalName(goal) },
    });
  });
  return { id };
}
