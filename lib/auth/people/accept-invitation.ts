import { refuseWeakPassword } from "@/lib/auth/passwords/password-rules";
import { hashPassword } from "@/lib/auth/passwords/passwords";
import { inTurn } from "@/lib/auth/passwords/queue";
import type { NewAccount } from "@/lib/auth/people/account-fields";
import { addPassword, passwordIssuer } from "@/lib/auth/people/add-person";
import { acceptInvitation } from "@/lib/auth/people/invitations";
import { findInvitation } from "@/lib/auth/people/list-invitations";
import { type Entrance, enter } from "@/lib/auth/sessions/enter";
import { refuseWithoutPasswords } from "@/lib/auth/sign-in/sign-in-ways";
import type { Context } from "@/lib/context";

/**
 * Takes an invitation up with an e-mail and a password. Throws `expired`,
 * `name_taken`, `invalid_field` for a weak password; then it still holds.
 */
export async function acceptByPassword(
  context: Context,
  account: NewAccount,
  headers: Headers | undefined,
): Promise<Entrance> {
  refuseWithoutPasswords(context);
  const { token, name, email, password } = account;
  refuseWeakPassword(password, account);
  // First outside the queue: without a token nobody makes others wait.
  await findInvitation(context, token);
  return inTurn.run(async () => {
    await findInvitation(context, token);
    const hash = await hashPassword(password);
    return context.db.transaction().execute(async (trx) => {
      const person = await acceptInvitation(trx, context, token, { name, email });
      await addPassword(trx, context, { person: person.id, email, hash });
      return enter(trx, context, { person, issuer: passwordIssuer, headers });
    });
  });
}
