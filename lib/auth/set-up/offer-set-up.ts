import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import { systemActor } from "@/lib/auth/actor";
import { hashSecret } from "@/lib/auth/secrets";
import { holdAdmins } from "@/lib/auth/set-up/admins";
import { setUpNeeded } from "@/lib/auth/set-up/set-up";
import type { Context } from "@/lib/context";

const lifetimeMilliseconds = 60 * 60_000;
const tokenBytes = 16;

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

/** An address with which whoever has a shell here makes an admin, or is one again; the audit says that there is one. */
export async function offerRecovery(
  context: Pick<Context, "db" | "clock">,
  base: string,
): Promise<string> {
  const token = await context.db.transaction().execute(async (trx) => {
    const here = { ...context, actor: systemActor, address: null };
    await recordAudit(trx, here, { action: "instance.recovery_offered" });
    return issueToken(trx, context, "recovery");
  });
  return setUpAddress(base, token);
}

async function issueToken(
  db: Kysely<Database>,
  { clock }: Pick<Context, "clock">,
  purpose: "first_admin" | "recovery",
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
