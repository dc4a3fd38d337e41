import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import { refuseWeakPassword } from "@/lib/auth/passwords/password-rules";
import { hashPassword } from "@/lib/auth/passwords/passwords";
import { inTurn } from "@/lib/auth/passwords/queue";
import type { NewAccount } from "@/lib/auth/people/account-fields";
import {
  addPassword,
  addPerson,
  asPerson,
  type PersonRow,
  passwordIssuer,
} from "@/lib/auth/people/add-person";
import { hashSecret } from "@/lib/auth/secrets";
import { type Entrance, enter } from "@/lib/auth/sessions/enter";
import { countAdmins, holdAdmins } from "@/lib/auth/set-up/admins";
import { recoverAccount } from "@/lib/auth/set-up/recover-account";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/** Whether there is nobody yet who could administer this instance. */
export async function setUpNeeded({ db }: Pick<Context, "db">): Promise<boolean> {
  return (await countAdmins(db)) === 0;
}

/** Throws `set_up_needed` while nobody is here who could let others in. */
export async function refuseBeforeSetUp(context: Pick<Context, "db">): Promise<void> {
  if (await setUpNeeded(context))
    throw new Problem(
      "set_up_needed",
      "The first admin is still to be set up; the start says how.",
    );
}

/**
 * Uses a set-up address up: makes the first admin, or recovers one, and signs them
 * in. Of many at once with the same token one succeeds; the others, and whoever has
 * none, get `expired`. Throws `invalid_field` for a weak password, `name_taken`.
 */
export async function setUp(
  context: Context,
  account: NewAccount,
  headers: Headers | undefined,
): Promise<Entrance> {
  refuseWeakPassword(account.password, account);
  // First outside the queue: without a token nobody makes others wait.
  await refuseUnknownToken(context, account.token);
  return inTurn.run(async () => {
    await refuseUnknownToken(context, account.token);
    const hash = await hashPassword(account.password);
    return context.db.transaction().execute(async (trx) => {
      await holdAdmins(trx);
      const purpose = await consumeToken(trx, context, account.token);
      const { name, email } = account;
      const person =
        purpose === "recovery"
          ? await recoverAccount(trx, context, { name, email, hash })
          : await addFirstAdmin(trx, context, { name, email, hash });
      return enter(trx, context, { person, issuer: passwordIssuer, headers });
    });
  });
}

async function addFirstAdmin(
  trx: Kysely<Database>,
  context: Context,
  { name, email, hash }: { name: string; email: string; hash: string },
): Promise<PersonRow> {
  // A replica's address may still hold; the admin of the other is there already.
  if (!(await setUpNeeded({ db: trx }))) throw expiredAddress();
  await trx.deleteFrom("set_up_tokens").where("purpose", "=", "first_admin").execute();
  const person = await addPerson(trx, context, { name, email, role: "admin" });
  await addPassword(trx, context, { person: person.id, email, hash });
  await recordAudit(trx, asPerson(context, person), {
    action: "instance.set_up",
    subject: { kind: "person", id: person.id },
    details: { name, email },
  });
  return person;
}

async function refuseUnknownToken(
  { db, clock }: Pick<Context, "db" | "clock">,
  token: string,
): Promise<void> {
  const row = await db
    .selectFrom("set_up_tokens")
    .select("purpose")
    .where("token_hash", "=", hashSecret(token))
    .where("expires_at", ">", clock.now())
    .executeTakeFirst();
  if (!row) throw expiredAddress();
}

async function consumeToken(
  trx: Kysely<Database>,
  { clock }: Pick<Context, "clock">,
  token: string,
): Promise<"first_admin" | "recovery"> {
  const used = await trx
    .deleteFrom("set_up_tokens")
    .where("token_hash", "=", hashSecret(token))
    .where("expires_at", ">", clock.now())
    .returning("purpose")
    .executeTakeFirst();
  if (!used) throw expiredAddress();
  return used.purpose;
}

function expiredAddress(): Problem {
  return new Problem(
    "expired",
    "This set-up address no longer holds: it is good for one use within 60 minutes. Restart Pushline for another, or where admins are lost: npm run admin -- reset.",
  );
}
