import { recordAudit } from "@/lib/audit/audit";
import { verifyPassword } from "@/lib/auth/passwords/passwords";
import { passwordIssuer } from "@/lib/auth/people/add-person";
import { selfOf } from "@/lib/auth/people/self";
import { takeAttempt } from "@/lib/auth/sign-in/throttle";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/** How a person signs in by password. */
export interface OwnPassword {
  /** The key of the account. */
  subject: string;
  hash: string | null;
}

/** Null for a person who signs in without a password. */
export async function readPasswordOf(
  { db }: Pick<Context, "db">,
  person: string,
): Promise<OwnPassword | null> {
  const row = await db
    .selectFrom("identities")
    .select(["subject", "password_hash as hash"])
    .where("person_id", "=", person)
    .where("issuer", "=", passwordIssuer)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Has someone who is signed in say their password again. Throws `wrong_credentials`
 * for `field`, which the audit keeps, and `too_many_requests` under the limits of
 * sign-in: a stolen session guesses no better.
 */
export async function provePassword(
  context: Context,
  { subject, hash }: OwnPassword,
  { password, field }: { password: string; field: string },
): Promise<void> {
  const attempt = await takeAttempt(context, subject);
  if (!(await verifyPassword(password, hash))) {
    await recordAudit(context.db, context, {
      action: "account.proof_failed",
      subject: { kind: "person", id: selfOf(context).id },
    });
    throw new Problem("wrong_credentials", "This is not your password.", { field });
  }
  await attempt.succeeded();
}
