import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import type { Role } from "@/lib/auth/actor";
import { addPerson, asPerson, type PersonRow } from "@/lib/auth/people/add-person";
import { hashSecret } from "@/lib/auth/secrets";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/**
 * Uses an invitation up and makes the person, with the role and teams it gives.
 * Throws `expired` where it was used, withdrawn, is too old, or never was.
 */
export async function acceptInvitation(
  trx: Kysely<Database>,
  context: Context,
  token: string,
  { name, email }: { name: string; email: string | null },
): Promise<PersonRow> {
  const now = context.clock.now();
  // Of two at once the second waits for the first here, and then finds it used.
  const invitation = await trx
    .updateTable("invitations")
    .set({ accepted_at: now })
    .where("token_hash", "=", hashSecret(token))
    .where("accepted_at", "is", null)
    .where("withdrawn_at", "is", null)
    .where("expires_at", ">", now)
    .returning(["id", "role", "teams"])
    .executeTakeFirst();
  if (!invitation) throw expiredInvitation();
  const { id, role, teams } = invitation;
  const person = await addPerson(trx, context, {
    name,
    email,
    role: role as Role,
    teams: teams as Record<string, Role>,
  });
  await trx
    .updateTable("invitations")
    .set({ accepted_by: person.id })
    .where("id", "=", id)
    .execute();
  await recordAudit(trx, asPerson(context, person), {
    action: "invitation.accepted",
    subject: { kind: "invitation", id },
    details: { person: person.id, email, role, teams },
  });
  return person;
}

export function expiredInvitation(): Problem {
  return new Problem(
    "expired",
    "This invitation no longer holds: it was used, withdrawn, or is older than 7 days. Ask for another.",
  );
}
