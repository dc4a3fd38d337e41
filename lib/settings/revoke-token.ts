import { recordAudit } from "@/lib/audit/audit";
import type { Context } from "@/lib/context";
import type { TokenAnswer } from "@/lib/http/settings-answers";
import { changeSettings } from "@/lib/settings/change-settings";
import { heldToken } from "@/lib/settings/held-token";
import { readToken } from "@/lib/settings/list-tokens";

/** Ends a token at once, its old secret too. Throws `not_found`, `provisioned`. */
export async function revokeToken(context: Context, id: string): Promise<TokenAnswer> {
  const now = context.clock.now();
  return changeSettings(context, async (trx) => {
    const { name } = await heldToken(trx, context, id);
    await trx
      .updateTable("tokens")
      .set({ revoked_at: now, previous_hash: null, previous_valid_until: null })
      .where("id", "=", id)
      .execute();
    await recordAudit(trx, context, {
      action: "token.revoked",
      subject: { kind: "token", id: name },
    });
    return readToken(trx, id, now);
  });
}
