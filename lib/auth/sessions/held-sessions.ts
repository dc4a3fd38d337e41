import { idleMilliseconds } from "@/lib/auth/sessions/sessions";
import type { Context } from "@/lib/context";

/** Which of these sessions, by their public ids, still hold; for what outlives its request. */
export async function heldSessions(
  { db, clock }: Pick<Context, "db" | "clock">,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const now = clock.now();
  const rows = await db
    .selectFrom("sessions")
    .innerJoin("people", "people.id", "sessions.person_id")
    .select("sessions.id")
    .where("sessions.id", "in", [...ids])
    .where("sessions.expires_at", ">", now)
    .where("sessions.last_seen_at", ">", new Date(now.getTime() - idleMilliseconds))
    .where("people.disabled_at", "is", null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
