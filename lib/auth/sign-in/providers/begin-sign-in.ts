import { relativeAddress } from "@/lib/auth/return-address";
import { findProvider } from "@/lib/auth/sign-in/providers/find-provider";
import { keepFlow, newFlow } from "@/lib/auth/sign-in/providers/flow";
import { redirectAddress } from "@/lib/auth/sign-in/providers/redirect-address";
import { SignInRefusal } from "@/lib/auth/sign-in/providers/refusal";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

export interface Beginning {
  provider: string;
  next: string | null;
  invitation: string | null;
  headers: Headers;
}

/**
 * Where the browser has to go to sign in with a provider, and the Set-Cookie of what
 * has to be known when it comes back. For a person who asks, who is signed in, it
 * adds the provider to their account. Throws `set_up_needed`, `not_found`, and
 * `sign_in_unavailable` where the provider cannot be reached or is set up wrong.
 */
export async function beginSignIn(
  context: Context,
  { provider: name, next, invitation, headers }: Beginning,
): Promise<{ address: string; cookie: string }> {
  const { provider } = await findProvider(context, name);
  const flow = newFlow({
    provider: name,
    next: relativeAddress(next),
    invitation,
    linkTo: context.actor.kind === "person" ? context.actor.id : null,
    redirectAddress: redirectAddress(context.site, headers, name),
  });
  try {
    const address = await provider.authorizeAddress(flow);
    return { address, cookie: keepFlow(context, flow) };
  } catch (error) {
    if (!(error instanceof SignInRefusal)) throw error;
    throw new Problem("sign_in_unavailable", unavailable[error.problem] ?? unavailableNow, {
      retryAfterSeconds: 10,
    });
  }
}

const unavailableNow = "This provider of sign-in does not answer just now.";
const unavailable: Partial<Record<SignInRefusal["problem"], string>> = {
  provider_misconfigured:
    "This provider of sign-in is not what pushline.yaml says: its issuer has to be told exactly as its discovery document does.",
};
