import { z } from "zod";
import { recordAudit } from "@/lib/audit/audit";
import { selfOf } from "@/lib/auth/people/self";
import { idleMilliseconds } from "@/lib/auth/sessions/sessions";
import type { Context } from "@/lib/context";
import { type Page, time } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";
import { Problem } from "@/lib/http/problem";

export const sessionAnswer = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  /** By what they signed in: "password" or the provider's address. */
  issuer: z.string(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: time,
  lastSeenAt: time,
  expiresAt: time,
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

/** One's own sessions that still hold, newest first. Throws `invalid_cursor`. */
export async function listOwnSessions(
  context: Context,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<Page<SessionAnswer>> {
  const self = selfOf(context);
  const now = context.clock.now();
  let query = context.db
    .selectFrom("sessions")
    .selectAll()
    .where("person_id", "=", self.id)
    .where("expires_at", ">", now)
    .where("last_seen_at", ">", new Date(now.getTime() - idleMilliseconds));
  if (cursor) query = query.where(olderThan(decodeCursor(cursor), { at: "created_at" }));
  const rows = await query
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  return page(
    rows,
    limit,
    (row) => ({ at: row.created_at, id: row.id }),
    (row) => ({
      id: row.id,
      current: row.id === self.session,
      issuer: row.issuer,
      address: row.address,
      userAgent: row.user_agent,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
    }),
  );
}

/** Signs out: ends the very session that asks. */
export async function signOut(context: Context): Promise<void> {
  const self = selfOf(context);
  await context.db.transaction().execute(async (trx) => {
    await trx.deleteFrom("sessions").where("id", "=", self.session).execute();
    await recordAudit(trx, context, {
      action: "account.signed_out",
      subject: { kind: "person", id: self.id },
    });
  });
}

/** Ends one of one's own sessions. Throws `not_found` for others' as for none. */
export async function endOwnSession(context: Context, id: string): Promise<void> {
  const self = selfOf(context);
  await context.db.transaction().execute(async (trx) => {
    const ended = await trx
      .deleteFrom("sessions")
      .where("id", "=", id)
      .where("person_id", "=", self.id)
      .returning("address")
      .executeTakeFirst();
    if (!ended) throw new Problem("not_found", "You have no such session.");
    await recordAudit(trx, context, {
      action: "account.session_ended",
      subject: { kind: "person", id: self.id },
      details: { sessions: 1, from: ended.address },
    });
  });
}

/** Ends all of one's own sessions but the one that asks; answers how many. */
export async function endOtherSessions(context: Context): Promise<number> {
  const self = selfOf(context);
  return context.db.transaction().execute(async (trx) => {
    const ended = await trx
      .deleteFrom("sessions")
      .where("person_id", "=", self.id)
      .where("id", "!=", self.session)
      .returning("id")
      .execute();
    await recordAudit(trx, context, {
      action: "account.session_ended",
      subject: { kind: "person", id: self.id },
      details: { sessions: ended.length },
    });
    return ended.length;
  });
}
