import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import { dropLinksFor } from "@/lib/auth/passwords/password-links";
import {
  addPassword,
  addPerson,
  asPerson,
  type PersonRow,
  passwordIssuer,
  subjectOf,
} from "@/lib/auth/people/add-person";
import type { Context } from "@/lib/context";

/**
 * An admin for whoever has the machine: the account of this e-mail with a new
 * password, enabled, signed out everywhere, and without any other way to sign in,
 * which may be a thief's; where there is none, a new one.
 */
export async function recoverAccount(
  trx: Kysely<Database>,
  context: Context,
  { name, email, hash }: { name: string; email: string; hash: string },
): Promise<PersonRow> {
  const known = await replacePassword(trx, email, hash);
  const person = known
    ? await restoreAdmin(trx, known)
    : await addPerson(trx, context, { name, email, role: "admin" });
  if (!known) await addPassword(trx, context, { person: person.id, email, hash });
  await recordAudit(trx, asPerson(context, person), {
    action: "instance.recovered",
    subject: { kind: "person", id: person.id },
    details: { name: person.name, email, account: known ? "known" : "new" },
  });
  return person;
}

/** Whether somebody signs in by password with this e-mail. */
export async function hasAccount(db: Kysely<Database>, email: string): Promise<boolean> {
  const found = await db
    .selectFrom("identities")
    .select("subject")
    .where("issuer", "=", passwordIssuer)
    .where("subject", "=", subjectOf(email))
    .executeTakeFirst();
  return found !== undefined;
}

async function replacePassword(
  trx: Kysely<Database>,
  email: string,
  hash: string,
): Promise<string | null> {
  const row = await trx
    .updateTable("identities")
    .set({ password_hash: hash })
    .where("issuer", "=", passwordIssuer)
    .where("subject", "=", subjectOf(email))
    .returning("person_id")
    .executeTakeFirst();
  return row?.person_id ?? null;
}

async function restoreAdmin(trx: Kysely<Database>, id: string): Promise<PersonRow> {
  await trx.deleteFrom("sessions").where("person_id", "=", id).execute();
  await dropLinksFor(trx, id);
  await trx
    .deleteFrom("identities")
    .where("person_id", "=", id)
    .where("issuer", "!=", passwordIssuer)
    .execute();
  return trx
    .updateTable("people")
    .set({ role: "admin", disabled_at: null })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
