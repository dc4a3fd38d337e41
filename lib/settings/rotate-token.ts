import { z } from "zod";
import { recordAudit } from "@/lib/audit/audit";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import type { TokenWithSecretAnswer } from "@/lib/http/settings-answers";
import { changeSettings } from "@/lib/settings/change-settings";
import { heldToken } from "@/lib/settings/held-token";
import { readToken } from "@/lib/settings/list-tokens";
import { newTokenSecret } from "@/lib/settings/make-token";
import { endOf } from "@/lib/settings/token-access";

export const tokenRotationBody = z.strictObject({
  /** How long the secret before this one holds as well; 0 ends it at once. */
  hours: z.number().min(0).max(720).default(24),
});
export type TokenRotationBody = z.output<typeof tokenRotationBody>;

const millisecondsPerHour = 3_600_000;

/**
 * Gives a token a new secret beside the old one, so that nobody who sends is ever
 * refused. Throws `conflict` while the last rotation is not over (a third secret would
 * end the first too early; with 0 hours both end at once) and for one that has expired, and
 * `forbidden` for a token that would get hold of one which outlives it.
 */
export async function rotateToken(
  context: Context,
  id: string,
  { hours }: TokenRotationBody,
): Promise<TokenWithSecretAnswer> {
  const now = context.clock.now();
  const made = newTokenSecret();
  return changeSettings(context, async (trx) => {
    const row = await heldToken(trx, context, id);
    if (row.expires_at && row.expires_at <= now)
      throw new Problem("conflict", "This token has expired: make another.");
    refuseOutliving(context, row);
    if (hours > 0 && row.previous_valid_until && row.previous_valid_until > now)
      throw new Problem(
        "conflict",
        `The secret before this one holds until ${row.previous_valid_until.toISOString()}: wait, or rotate with 0 hours, which ends both at once.`,
      );
    const until = hours > 0 ? new Date(now.getTime() + hours * millisecondsPerHour) : null;
    await trx
      .updateTable("tokens")
      .set({
        token_hash: made.hash,
        prefix: made.prefix,
        previous_hash: until ? row.token_hash : null,
        previous_valid_until: until,
      })
      .where("id", "=", id)
      .execute();
    await recordAudit(trx, context, {
      action: "token.rotated",
      subject: { kind: "token", id: row.name },
      details: { oneBeforeHoldsUntil: until },
    });
    return { token: await readToken(trx, id, now), secret: made.secret };
  });
}

function refuseOutliving(
  context: Pick<Context, "actor">,
  { expires_at }: { expires_at: Date | null },
): void {
  const end = endOf(context);
  if (end === null || (expires_at && expires_at <= end)) return;
  throw new Problem(
    "forbidden",
    `Your own token ends at ${end.toISOString()}, before this one: ask an admin to rotate it.`,
  );
}
