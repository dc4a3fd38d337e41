import { recordAudit } from "@/lib/audit/audit";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { changeSettings } from "@/lib/settings/change-settings";
import { heldRule } from "@/lib/settings/held-rule";
import { refuseProvisioned } from "@/lib/settings/names";
import { authoriseRule } from "@/lib/settings/rule-access";

/**
 * Removes a service's rule; what it held goes back to the names its senders gave.
 * Throws `not_found`, `provisioned`, and what the policy says of its team.
 */
export async function removeServiceRule(context: Context, name: string): Promise<{ name: string }> {
  await changeSettings(context, async (trx) => {
    const rule =
      (await heldRule(trx, name)) ?? context.config.services.find((known) => known.name === name);
    if (!rule) throw new Problem("not_found", "There is no rule of this name.");
    authoriseRule(context, name, rule, null);
    refuseProvisioned(context.config, "services", name);
    await trx.deleteFrom("configured_services").where("name", "=", name).execute();
    await recordAudit(trx, context, {
      action: "service.removed",
      subject: { kind: "service", id: name },
    });
  });
  return { name };
}
