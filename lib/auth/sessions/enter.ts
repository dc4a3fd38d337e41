import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { Person } from "@/lib/auth/actor";
import { asActor, type PersonRow } from "@/lib/auth/people/add-person";
import { endSession, openSession } from "@/lib/auth/sessions/sessions";
import type { Context } from "@/lib/context";

/** Someone who has just proved who they are, with the Set-Cookie of their new session. */
export interface Entrance {
  person: Pick<Person, "id" | "name" | "email" | "role">;
  cookie: string;
}

/**
 * Opens the session of someone who has just proved who they are by `issuer`, and
 * ends the one that their browser held before.
 */
export async function enter(
  trx: Kysely<Database>,
  context: Context,
  { person, issuer, headers }: { person: PersonRow; issuer: string; headers?: Headers },
): Promise<Entrance> {
  await endSession(trx, context.site, headers?.get("cookie") ?? null);
  await trx
    .updateTable("people")
    .set({ last_seen_at: context.clock.now() })
    .where("id", "=", person.id)
    .execute();
  const userAgent = headers?.get("user-agent") ?? null;
  const cookie = await openSession(trx, context, { person: person.id, issuer, userAgent });
  const { id, name, email, role } = asActor(person);
  return { person: { id, name, email, role }, cookie };
}
