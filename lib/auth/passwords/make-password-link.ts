import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import { dropLinksFor } from "@/lib/auth/passwords/password-links";
import { passwordIssuer } from "@/lib/auth/people/add-person";
import { authorise } from "@/lib/auth/policy";
import { hashSecret, newSecret } from "@/lib/auth/secrets";
import { refuseWithoutPasswords } from "@/lib/auth/sign-in/sign-in-ways";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

const lifetimeMilliseconds = 24 * 3_600_000;

/**
 * Makes an address at which someone who forgot their password sets a new one: good
 * for 24 hours and one use, in place of every earlier one, shown this once. Throws
 * `not_found`, and `conflict` for oneself, for whoever is disabled, and for whoever
 * signs in without a password.
 */
export async function makePasswordLink(
  context: Context,
  person: string,
  base: string,
): Promise<{ address: string; expiresAt: string }> {
  authorise(context, "admin");
  refuseWithoutPasswords(context);
  const { actor, clock } = context;
  if (actor.kind === "person" && actor.id === person)
    throw new Problem("conflict", "Change your own password under Settings → Account.");
  const token = newSecret();
  const expiresAt = new Date(clock.now().getTime() + lifetimeMilliseconds);
  await context.db.transaction().execute(async (trx) => {
    const { name } = await holdPersonWithPassword(trx, person);
    await dropLinksFor(trx, person);
    await trx
      .insertInto("password_links")
      .values({
        token_hash: hashSecret(token),
        person_id: person,
        made_by: actor.kind === "person" ? actor.id : actor.name,
        expires_at: expiresAt,
      })
      .execute();
    await recordAudit(trx, context, {
      action: "account.password_link_made",
      subject: { kind: "person", id: person },
      details: { name, expiresAt: expiresAt.toISOString() },
    });
  });
  return { address: `${base}/new-password#${token}`, expiresAt: expiresAt.toISOString() };
}

/** Held, so that of two links made at once the second replaces the first. */
async function holdPersonWithPassword(
  trx: Kysely<Database>,
  id: string,
): Promise<{ name: string }> {
  const person = await trx
    .selectFrom("people")
    .select(["name", "disabled_at"])
    .where("id", "=", id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!person) throw new Problem("not_found", "There is no such person.");
  if (person.disabled_at)
    throw new Problem("conflict", `${person.name} is disabled; enable them first.`);
  const identities = await trx
    .selectFrom("identities")
    .select("issuer")
    .where("person_id", "=", id)
    .orderBy("issuer")
    .execute();
  const issuers = identities.map(({ issuer }) => issuer);
  if (!issuers.includes(passwordIssuer))
    throw new Problem(
      "conflict",
      `${person.name} has no password here; they sign in by ${issuers.join(" and ") || "nothing yet"}.`,
    );
  return { name: person.name };
}
