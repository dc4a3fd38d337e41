import { z } from "zod";
import { readCookie, setCookie } from "@/lib/auth/cookies";
import { equalSecrets, hashSecret, newSecret } from "@/lib/auth/secrets";
import type { Proofs } from "@/lib/auth/sign-in/providers/provider";
import { SignInRefusal } from "@/lib/auth/sign-in/providers/refusal";
import type { Context, Site } from "@/lib/context";

const lifetimeMilliseconds = 10 * 60_000;
const purpose = "sign-in";

/** A sign-in with a provider that is under way; it lives sealed in the browser's cookie alone. */
export interface Flow extends Proofs {
  provider: string;
  /** Where to lead afterwards; always a path of this site. */
  next: string;
  invitation: string | null;
  /** Whose account is to gain this way to sign in; null: sign in. */
  linkTo: string | null;
}

const sealedFlow = z.object({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectAddress: z.string(),
  next: z.string(),
  invitation: z.string().nullable(),
  linkTo: z.string().nullable(),
  expiresAt: z.number(),
});

/** A new sign-in, with a state, a nonce and a verifier nobody else knows. */
export function newFlow(
  purposeOfIt: Pick<Flow, "provider" | "next" | "invitation" | "linkTo" | "redirectAddress">,
): Flow {
  return { ...purposeOfIt, state: newSecret(), nonce: newSecret(), verifier: newSecret() };
}

/** The Set-Cookie that carries it, sealed, for ten minutes. */
export function keepFlow({ site, vault, clock }: Context, flow: Flow): string {
  const expiresAt = clock.now().getTime() + lifetimeMilliseconds;
  const sealed = vault.seal(purpose, JSON.stringify({ ...flow, expiresAt }));
  return setCookie(site, "sign_in", sealed.toString("base64url"), lifetimeMilliseconds);
}

export function forgetFlow(site: Site): string {
  return setCookie(site, "sign_in", "", 0);
}

/** What this browser's cookie holds of a sign-in with this provider; null for none that still may end. */
export function readFlow(
  { site, vault, clock }: Context,
  provider: string,
  cookies: string | null,
): Flow | null {
  const value = readCookie(site, "sign_in", cookies);
  if (value === null) return null;
  const flow = sealedFlow.safeParse(opened(vault, value));
  if (!flow.success) return null;
  const { expiresAt, ...rest } = flow.data;
  return rest.provider === provider && expiresAt > clock.now().getTime() ? rest : null;
}

/**
 * Lets a flow end once, whichever process it comes back to. Throws SignInRefusal
 * `state_mismatch` for an answer to another one, `sign_in_expired` the second time.
 */
export async function endFlow(
  { db, clock }: Pick<Context, "db" | "clock">,
  { state }: Flow,
  answered: string | null,
): Promise<void> {
  if (answered === null || !equalSecrets(answered, state))
    throw new SignInRefusal("state_mismatch");
  const now = clock.now();
  await db.deleteFrom("used_states").where("expires_at", "<=", now).execute();
  const used = await db
    .insertInto("used_states")
    .values({
      state_hash: hashSecret(state),
      expires_at: new Date(now.getTime() + lifetimeMilliseconds),
    })
    .onConflict((conflict) => conflict.column("state_hash").doNothing())
    .returning("expires_at")
    .executeTakeFirst();
  if (!used) throw new SignInRefusal("sign_in_expired");
}

function opened({ open }: Context["vault"], value: string): unknown {
  try {
    return JSON.parse(open(purpose, Buffer.from(value, "base64url")));
  } catch {
    // Changed on the way, or sealed under a key that is no more.
    return null;
  }
}
