import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import { refuseWeakPassword } from "@/lib/auth/passwords/password-rules";
import { hashPassword } from "@/lib/auth/passwords/passwords";
import { inTurn } from "@/lib/auth/passwords/queue";
import { asPerson, type PersonRow, passwordIssuer } from "@/lib/auth/people/add-person";
import { hashSecret } from "@/lib/auth/secrets";
import { type Entrance, enter } from "@/lib/auth/sessions/enter";
import { refuseWithoutPasswords } from "@/lib/auth/sign-in/sign-in-ways";
import { clearAccount } from "@/lib/auth/sign-in/throttle";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/**
 * Uses an admin's link up: its person has this password from now on, is signed out
 * everywhere, and signed in here. Of many at once one succeeds; the others, and
 * whoever has no link that holds, get `expired`. Throws `invalid_field` for a weak
 * password; then the link still holds.
 */
export async function setNewPassword(
  context: Context,
  { token, password }: { token: string; password: string },
  headers: Headers | undefined,
): Promise<Entrance> {
  refuseWithoutPasswords(context);
  // First outside the queue: without a token nobody makes others wait.
  refuseWeakPassword(password, await findHolder(context.db, context, token));
  return inTurn.run(async () => {
    await findHolder(context.db, context, token);
    const hash = await hashPassword(password);
    return context.db.transaction().execute(async (trx) => {
      const person = await consumeLink(trx, context, token);
      await replacePassword(trx, context, { person: person.id, hash });
      await trx.deleteFrom("sessions").where("person_id", "=", person.id).execute();
      await recordAudit(trx, asPerson(context, person), {
        action: "account.password_reset",
        subject: { kind: "person", id: person.id },
        details: { name: person.name },
      });
      return enter(trx, context, { person, issuer: passwordIssuer, headers });
    });
  });
}

/** Whose link this is. Throws `expired` where it does not hold, or its person may not sign in. */
async function findHolder(
  db: Kysely<Database>,
  { clock }: Pick<Context, "clock">,
  token: string,
): Promise<PersonRow> {
  const person = await db
    .selectFrom("people")
    .innerJoin("password_links", "password_links.person_id", "people.id")
    .selectAll("people")
    .where("token_hash", "=", hashSecret(token))
    .where("expires_at", ">", clock.now())
    .where("disabled_at", "is", null)
    .executeTakeFirst();
  if (!person) throw expiredLink();
  return person;
}

/** Holds the person first, as who removes or disables them does, and then the link. */
async function consumeLink(
  trx: Kysely<Database>,
  context: Pick<Context, "clock">,
  token: string,
): Promise<PersonRow> {
  const { id } = await findHolder(trx, context, token);
  const person = await trx
    .selectFrom("people")
    .selectAll()
    .where("id", "=", id)
    .where("disabled_at", "is", null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const used = await trx
    .deleteFrom("password_links")
    .where("token_hash", "=", hashSecret(token))
    .returning("person_id")
    .executeTakeFirst();
  if (!person || !used) throw expiredLink();
  return person;
}

async function replacePassword(
  trx: Kysely<Database>,
  { address }: Pick<Context, "address">,
  { person, hash }: { person: string; hash: string },
): Promise<void> {
  const account = await trx
    .updateTable("identities")
    .set({ password_hash: hash })
    .where("person_id", "=", person)
    .where("issuer", "=", passwordIssuer)
    .returning("subject")
    .executeTakeFirst();
  if (!account) throw expiredLink();
  await clearAccount(trx, address, account.subject);
}

function expiredLink(): Problem {
  return new Problem(
    "expired",
    "This link no longer holds: it is good for one use within 24 hours, until a newer one is made. Ask an admin for another.",
  );
}
