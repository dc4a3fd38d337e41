import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { changeSettings } from "@/lib/settings/change-settings";
import { refuseProvisioned } from "@/lib/settings/names";

/** Removes an engine with its credential. Throws `not_found`, `provisioned`. */
export async function removeEngine(context: Context, name: string): Promise<{ name: string }> {
  authorise(context, "admin");
  await changeSettings(context, async (trx) => {
    refuseProvisioned(context.config, "engines", name);
    const { numDeletedRows } = await trx
      .deleteFrom("configured_engines")
      .where("name", "=", name)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new Problem("not_found", "There is no engine of this name.");
    await recordAudit(trx, context, {
      action: "engine.removed",
      subject: { kind: "engine", id: name },
    });
  });
  return { name };
}
