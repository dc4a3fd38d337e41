import { recordAudit } from "@/lib/audit/audit";
import { provePassword, readPasswordOf } from "@/lib/auth/passwords/own-password";
import { dropLinksFor } from "@/lib/auth/passwords/password-links";
import { refuseWeakPassword } from "@/lib/auth/passwords/password-rules";
import { hashPassword } from "@/lib/auth/passwords/passwords";
import { passwordIssuer } from "@/lib/auth/people/add-person";
import { selfOf } from "@/lib/auth/people/self";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/** Changes the name under which others see one. */
export async function changeName(context: Context, name: string): Promise<void> {
  const self = selfOf(context);
  await context.db.transaction().execute(async (trx) => {
    await trx.updateTable("people").set({ name }).where("id", "=", self.id).execute();
    await recordAudit(trx, context, {
      action: "person.changed",
      subject: { kind: "person", id: self.id },
      details: { name, formerly: self.name },
    });
  });
}

/**
 * Changes one's own password and ends every other session. Throws `conflict` where
 * there is none, `invalid_field` for a weak one, `wrong_credentials` and
 * `too_many_requests`.
 */
export async function changePassword(
  context: Context,
  { current, next }: { current: string; next: string },
): Promise<void> {
  const self = selfOf(context);
  const account = await readPasswordOf(context, self.id);
  if (!account) throw new Problem("conflict", "You sign in without a password.");
  refuseWeakPassword(next, { ...self, field: "next" });
  await provePassword(context, account, { password: current, field: "current" });
  const hash = await hashPassword(next);
  await context.db.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable("identities")
      .set({ password_hash: hash })
      .where("issuer", "=", passwordIssuer)
      .where("subject", "=", account.subject)
      .where("password_hash", "=", account.hash)
      .returning("subject")
      .executeTakeFirst();
    if (!changed) throw new Problem("conflict", "The password was changed meanwhile.");
    await trx
      .deleteFrom("sessions")
      .where("person_id", "=", self.id)
      .where("id", "!=", self.session)
      .execute();
    await dropLinksFor(trx, self.id);
    await recordAudit(trx, context, {
      action: "account.password_changed",
      subject: { kind: "person", id: self.id },
    });
  });
}
