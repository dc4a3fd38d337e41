import { z } from "zod";
import type { BackfillState } from "@/db/schema/backfills";
import { type AuditAction, recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import { type BackfillAnswer, backfillAnswerOf } from "@/lib/backfill/backfill-answer";
import { refusePlainAddress } from "@/lib/backfill/plain-address";
import { tokenField, tokenPurpose } from "@/lib/backfill/token";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

export const backfillChangeBody = z.strictObject({
  state: z.enum(["running", "paused", "stopped"], "running, paused or stopped"),
  /** For one that goes on with another, as when the first has expired. */
  token: tokenField.optional(),
});
export type BackfillChange = z.output<typeof backfillChangeBody>;

const deeds = {
  running: { action: "backfill.resumed", from: ["running", "paused", "failed"] },
  paused: { action: "backfill.paused", from: ["running"] },
  stopped: { action: "backfill.stopped", from: ["running", "paused", "failed"] },
} as const satisfies Record<string, { action: AuditAction; from: readonly BackfillState[] }>;

/**
 * Pauses a backfill, goes on with it or stops it; what was fetched stays, and a stopped
 * one forgets its token. Throws `not_found`, `invalid_field` for a token that would go
 * unencrypted over networks of others, and `conflict` for one that is over.
 */
export async function changeBackfill(
  context: Context,
  id: string,
  { state, token }: BackfillChange,
): Promise<BackfillAnswer> {
  authorise(context, "admin");
  const now = context.clock.now();
  const { action, from } = deeds[state];
  if (token !== undefined) await refusePlainApi(context, id);
  return context.db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom("backfills")
      .selectAll()
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    if (!known) throw new Problem("not_found", "There is no backfill with this id.");
    if (known.state === state && token === undefined) return backfillAnswerOf(known, now);
    if (!from.some((each) => each === known.state))
      throw new Problem("conflict", `It is ${known.state}, and cannot be ${state} any more.`);
    const row = await trx
      .updateTable("backfills")
      .set({
        state,
        updated_at: now,
        ...(state === "running" && { attempts: 0, next_at: null, error: null }),
        ...(state === "stopped" && { sealed_token: null, next_at: null, finished_at: now }),
        ...(token &&
          state !== "stopped" && {
            sealed_token: context.vault.seal(tokenPurpose(id), token),
          }),
      })
      .where("id", "=", id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await recordAudit(trx, context, {
      action,
      subject: { kind: "repository", id: row.subject },
      details: { source: row.source, ...(token && { token: "new" }) },
    });
    return backfillAnswerOf(row, now);
  });
}

async function refusePlainApi({ db }: Context, id: string): Promise<void> {
  const known = await db
    .selectFrom("backfills")
    .select("api")
    .where("id", "=", id)
    .executeTakeFirst();
  if (known) await refusePlainAddress(known.api);
}
