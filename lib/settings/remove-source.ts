import type { Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { changeSettings } from "@/lib/settings/change-settings";
import { heldSource } from "@/lib/settings/held-source";

/**
 * Takes nothing more from a source. Its row stays without secrets: its facts bear its
 * name, which nothing else may take. Throws `not_found`, `provisioned`, and `conflict`
 * while a token sends in its name.
 */
export async function removeSource(
  context: Context,
  name: string,
): Promise<{ name: string; removedAt: string }> {
  authorise(context, "admin");
  const now = context.clock.now();
  await changeSettings(context, async (trx) => {
    await heldSource(trx, context, name);
    await refuseInUse(trx, context, name);
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

async function refuseInUse(
  trx: Transaction<Database>,
  { config }: Pick<Context, "config">,
  source: string,
): Promise<void> {
  const stored = await trx
    .selectFrom("tokens")
    .select("name")
    .where("reach_kind", "=", "source")
    .where("reach_name", "=", source)
    .where("revoked_at", "is", null)
    .execute();
  const inFile = config.tokens.filter(
    ({ name, reach }) =>
      config.provisioned.tokens.includes(name) && reach?.kind === "source" && reach.name === source,
  );
  const [token] = [...stored, ...inFile];
  if (token)
    throw new Problem("conflict", `The token ${token.name} sends in its name: revoke that first.`);
}
