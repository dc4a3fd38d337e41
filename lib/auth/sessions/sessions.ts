import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Person, Role } from "@/lib/auth/actor";
import { readCookie, setCookie } from "@/lib/auth/cookies";
import { hashSecret, newId, newSecret } from "@/lib/auth/secrets";
import type { Context, Site } from "@/lib/context";

const day = 86_400_000;
const absoluteMilliseconds = 30 * day;
export const idleMilliseconds = 7 * day;
/** How stale `last_seen_at` may be: a write for each request would cost more than the reading. */
const seenMilliseconds = 60_000;

/**
 * Begins a session, always under a new secret (so that one planted before sign-in
 * is worth nothing), and answers the Set-Cookie that carries it.
 */
export async function openSession(
  trx: Kysely<Database>,
  context: Pick<Context, "clock" | "address" | "site">,
  { person, issuer, userAgent }: { person: string; issuer: string; userAgent: string | null },
): Promise<string> {
  const secret = newSecret();
  const now = context.clock.now();
  await trx
    .insertInto("sessions")
    .values({
      id: newId(),
      token_hash: hashSecret(secret),
      person_id: person,
      issuer,
      address: context.address,
      user_agent: userAgent?.slice(0, 300) ?? null,
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + absoluteMilliseconds),
    })
    .execute();
  return setCookie(context.site, "session", secret, absoluteMilliseconds);
}

/** The Set-Cookie that makes the browser forget. */
export function forgottenSession(site: Site): string {
  return setCookie(site, "session", "", 0);
}

/** Ends the session of this Cookie header, if there is one. */
export async function endSession(
  trx: Kysely<Database>,
  site: Site,
  cookies: string | null,
): Promise<void> {
  const secret = readCookie(site, "session", cookies);
  if (secret === null) return;
  await trx.deleteFrom("sessions").where("token_hash", "=", hashSecret(secret)).execute();
}

/**
 * Who holds the session of this Cookie header; null where there is none that still
 * holds: 7 days idle, 30 days old, ended, or its person disabled. A role counts in
 * teams that there are: one may have left pushline.yaml, and come back as another.
 */
export async function readSession(
  context: Pick<Context, "db" | "config" | "clock" | "site">,
  cookies: string | null,
): Promise<Person | null> {
  const secret = readCookie(context.site, "session", cookies);
  if (secret === null) return null;
  const now = context.clock.now();
  const row = await context.db
    .selectFrom("sessions")
    .innerJoin("people", "people.id", "sessions.person_id")
    .select(["sessions.id as session", "people.id", "name", "email", "role"])
    .select("sessions.last_seen_at")
    .select(
      sql<Record<string, Role>>`coalesce((
        select jsonb_object_agg(team, m.role) from team_members m
        where m.person_id = people.id and m.team = any(${context.config.teams.map((team) => team.name)}::text[])
      ), '{}')`.as("teams"),
    )
    .where("sessions.token_hash", "=", hashSecret(secret))
    .where("sessions.expires_at", ">", now)
    .where("sessions.last_seen_at", ">", new Date(now.getTime() - idleMilliseconds))
    .where("people.disabled_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  if (now.getTime() - row.last_seen_at.getTime() > seenMilliseconds) await see(context, row, now);
  const { session, id, name, email, role, teams } = row;
  return { kind: "person", id, name, email, role: role as Role, teams, session };
}

async function see(
  { db }: Pick<Context, "db">,
  { session, id }: { session: string; id: string },
  now: Date,
): Promise<void> {
  await db.updateTable("sessions").set({ last_seen_at: now }).where("id", "=", session).execute();
  await db.updateTable("people").set({ last_seen_at: now }).where("id", "=", id).execute();
}
