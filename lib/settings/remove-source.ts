import { recordAudit } from "@/lib/auth/audit";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { changeSettings } from "@/lib/settings/change-settings";
import { heldSource } from "@/lib/settings/held-source";

/**
 * Takes nothing more from a source. Its row stays without secrets: its facts bear its
 * name, which nothing else may take. Throws `not_found`, `provisioned`.
 */
export async function removeSource(
  context: Context,
  name: string,
): Promise<{ name: string; removedAt: string }> {
  authorise(context, "admin");
  const now = context.clock.now();
  await changeSettings(context, async (trx) => {
    await heldSource(trx, context, name);
    await trx
      .updateTable("configured_sources")
      .set({ sealed_secrets: [], removed_at: now })
      .where("name", "=", name)
      .execute();
    await recordAudit(trx, context, {
      action: "source.removed",
      subject: { kind: "source", id: name },
    });
  });
  return { name, removedAt: now.toISOString() };
}
