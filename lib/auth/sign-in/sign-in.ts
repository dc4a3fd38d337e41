import { recordAudit } from "@/lib/audit/audit";
import { verifyPassword } from "@/lib/auth/passwords/passwords";
import { asPerson, type PersonRow, passwordIssuer, subjectOf } from "@/lib/auth/people/add-person";
import { type Entrance, enter } from "@/lib/auth/sessions/enter";
import { refuseBeforeSetUp } from "@/lib/auth/set-up/set-up";
import { refuseWithoutPasswords } from "@/lib/auth/sign-in/sign-in-ways";
import { takeAttempt } from "@/lib/auth/sign-in/throttle";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/**
 * Signs in by e-mail and password. Throws `set_up_needed`, `too_many_requests`, and
 * `wrong_credentials` alike, in words and work, for a wrong password, an unknown
 * e-mail and a disabled person.
 */
export async function signIn(
  context: Context,
  { email, password }: { email: string; password: string },
  headers: Headers | undefined,
): Promise<Entrance> {
  await refuseBeforeSetUp(context);
  refuseWithoutPasswords(context);
  const attempt = await takeAttempt(context, subjectOf(email));
  const kept = await readAccount(context, email);
  const isRight = await verifyPassword(password, kept?.password_hash ?? null);
  const entrance =
    kept && isRight ? await admitPerson(context, kept.password_hash, email, headers) : null;
  if (entrance === null) {
    await recordAudit(context.db, context, {
      action: "account.sign_in_failed",
      subject: { kind: "account", id: email },
    });
    throw new Problem("wrong_credentials", "This e-mail and password do not belong together.");
  }
  await attempt.succeeded();
  return entrance;
}

async function readAccount({ db }: Pick<Context, "db">, email: string) {
  return db
    .selectFrom("identities")
    .select("password_hash")
    .where("issuer", "=", passwordIssuer)
    .where("subject", "=", subjectOf(email))
    .executeTakeFirst();
}

/** Null where, while the password was checked, it was changed or its person disabled. */
async function admitPerson(
  context: Context,
  hash: string | null,
  email: string,
  headers: Headers | undefined,
): Promise<Entrance | null> {
  return context.db.transaction().execute(async (trx) => {
    const person: PersonRow | undefined = await trx
      .selectFrom("people")
      .innerJoin("identities", "identities.person_id", "people.id")
      .selectAll("people")
      .where("issuer", "=", passwordIssuer)
      .where("subject", "=", subjectOf(email))
      .where("password_hash", "=", hash)
      .where("disabled_at", "is", null)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!person) return null;
    await recordAudit(trx, asPerson(context, person), {
      action: "account.signed_in",
      subject: { kind: "person", id: person.id },
    });
    return enter(trx, context, { person, issuer: passwordIssuer, headers });
  });
}
