import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { NewAccount } from "@/lib/auth/account-fields";
import { addPassword, addPerson, asActor, type PersonRow } from "@/lib/auth/add-person";
import { countAdmins, holdAdmins } from "@/lib/auth/admins";
import { recordAudit } from "@/lib/auth/audit";
import { refuseWeakPassword } from "@/lib/auth/password-rules";
import { hashPassword } from "@/lib/auth/passwords";
import { recoverAccount } from "@/lib/auth/recover-account";
import { hashSecret } from "@/lib/auth/secrets";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

const lifetimeMilliseconds = 60 * 60_000;
const tokenBytes = 16;

/** Whether there is nobody yet who could administer this instance. */
export async function setUpNeeded({ db }: Pick<Context, "db">): Promise<boolean> {
  return (await countAdmins(db)) === 0;
}

/** Where the data folder keeps the address while it holds. */
export function setUpFile(dataFolder: string): string {
  return join(dataFolder, "set-up-address.txt");
}

/**
 * Where there is no admin: makes a one-time address for the first one, good for 60
 * minutes, in place of every earlier one; writes it to a file only its owner can
 * read and returns it. Else removes that file and returns null.
 */
export async function offerSetUp(
  context: Pick<Context, "db" | "clock">,
  dataFolder: string,
  base: string,
): Promise<string | null> {
  const token = await context.db.transaction().execute(async (trx) => {
    await holdAdmins(trx);
    await trx.deleteFrom("set_up_tokens").where("purpose", "=", "first_admin").execute();
    return (await setUpNeeded({ db: trx })) ? issueToken(trx, context, "first_admin") : null;
  });
  const file = setUpFile(dataFolder);
  // Made anew: the mode is only taken from here where the file is not there yet.
  rmSync(file, { force: true });
  if (token === null) return null;
  const address = setUpAddress(base, token);
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${address}\n`, { mode: 0o600, flag: "wx" });
  chmodSync(file, 0o600);
  return address;
}

/** An address with which whoever has a shell here makes an admin, or is one again. */
export async function offerRecovery(
  context: Pick<Context, "db" | "clock">,
  base: string,
): Promise<string> {
  return setUpAddress(base, await issueToken(context.db, context, "recovery"));
}

/**
 * Uses a set-up address up: makes the first admin, or recovers one. Of many at once
 * with the same token one succeeds; the others, and whoever has none, get `expired`.
 * Throws `invalid_field` for a weak password, `name_taken`.
 */
export async function setUp(
  trx: Kysely<Database>,
  context: Context,
  account: NewAccount,
): Promise<PersonRow> {
  refuseWeakPassword(account.password, account);
  // Asked before the lock: without a token nobody makes others wait.
  if (!(await findToken(trx, context, account.token))) throw expiredAddress();
  await holdAdmins(trx);
  const purpose = await consumeToken(trx, context, account.token);
  if (purpose === null) throw expiredAddress();
  if (purpose === "recovery") return recoverAccount(trx, context, account);
  if (!(await setUpNeeded({ db: trx }))) throw expiredAddress();
  await trx.deleteFrom("set_up_tokens").where("purpose", "=", "first_admin").execute();
  const { name, email, password } = account;
  const person = await addPerson(trx, context, { name, email, role: "admin" });
  await addPassword(trx, context, {
    person: person.id,
    email,
    hash: await hashPassword(password),
  });
  await recordAudit(
    trx,
    { ...context, actor: asActor(person) },
    {
      action: "instance.set_up",
      subject: { kind: "person", id: person.id },
      details: { name, email },
    },
  );
  return person;
}

type Purpose = "first_admin" | "recovery";

async function issueToken(
  db: Kysely<Database>,
  { clock }: Pick<Context, "clock">,
  purpose: Purpose,
): Promise<string> {
  const token = randomBytes(tokenBytes).toString("base64url");
  const expires_at = new Date(clock.now().getTime() + lifetimeMilliseconds);
  await db
    .insertInto("set_up_tokens")
    .values({ token_hash: hashSecret(token), purpose, expires_at })
    .execute();
  return token;
}

/** After the mark, so that no server, proxy or log on the way sees the token. */
function setUpAddress(base: string, token: string): string {
  return `${base}/set-up#${token}`;
}

async function findToken(
  db: Kysely<Database>,
  { clock }: Pick<Context, "clock">,
  token: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("set_up_tokens")
    .select("purpose")
    .where("token_hash", "=", hashSecret(token))
    .where("expires_at", ">", clock.now())
    .executeTakeFirst();
  return row !== undefined;
}

async function consumeToken(
  trx: Kysely<Database>,
  { clock }: Pick<Context, "clock">,
  token: string,
): Promise<Purpose | null> {
  const used = await trx
    .deleteFrom("set_up_tokens")
    .where("token_hash", "=", hashSecret(token))
    .where("expires_at", ">", clock.now())
    .returning("purpose")
    .executeTakeFirst();
  return used?.purpose ?? null;
}

function expiredAddress(): Problem {
  return new Problem(
    "expired",
    "This set-up address no longer holds: it is good for one use within 60 minutes. Restart Pushline for another, or where admins are lost: npm run admin -- reset.",
  );
}
