import { z } from "zod";
import { refuseEmbedding } from "@/lib/auth/cross-site";
import { proveAgain } from "@/lib/auth/passwords/prove-again";
import { passwordField, tokenField } from "@/lib/auth/people/account-fields";
import { unlinkProvider } from "@/lib/auth/people/own-identities";
import { beginSignIn } from "@/lib/auth/sign-in/providers/begin-sign-in";
import { finishSignIn } from "@/lib/auth/sign-in/providers/finish-sign-in";
import { forgetFlow } from "@/lib/auth/sign-in/providers/flow";
import type { Context } from "@/lib/context";
import { route } from "@/lib/http/route";

const parameters = z.object({ provider: z.string() });
const next = z.string().optional();
const beginning = z.object({ address: z.string() });

export const beginProviderSignInRoute = route({
  operation: "beginProviderSignIn",
  method: "POST",
  path: "/api/v1/sign-in/{provider}",
  summary: "The address at which to sign in with a provider",
  access: "open",
  side: "next",
  parameters,
  body: z.strictObject({ next, invitation: tokenField.optional() }),
  answer: beginning,
  run: (context, { parameters: { provider }, body, headers }) =>
    begun(context, provider, { next: body.next, invitation: body.invitation, headers }),
});

export const linkProviderRoute = route({
  operation: "linkProvider",
  method: "POST",
  path: "/api/v1/me/identities/{provider}",
  summary:
    "The address at which to let a provider sign in to one's own account as well; asks for the password after 10 minutes",
  access: "self",
  side: "next",
  parameters,
  body: z.strictObject({ next, password: passwordField.optional() }),
  answer: beginning,
  run: async (context, { parameters: { provider }, body, headers }) => {
    await proveAgain(context, body.password ?? null);
    return begun(context, provider, { next: body.next ?? "/settings/account", headers });
  },
});

export const unlinkProviderRoute = route({
  operation: "unlinkProvider",
  method: "DELETE",
  path: "/api/v1/me/identities/{provider}",
  summary: "Lets a provider sign in to one's own account no longer; never the last way in",
  access: "self",
  side: "next",
  parameters,
  answer: z.object({}),
  run: async (context, { parameters: { provider } }) => {
    await unlinkProvider(context, provider);
    return {};
  },
});

/** Said twice it is refused further on, where the refusal leads back to a page. */
const once = z.union([z.string(), z.array(z.string())]).optional();

export const finishProviderSignInRoute = route({
  operation: "finishProviderSignIn",
  method: "GET",
  path: "/api/v1/sign-in/{provider}/callback",
  summary: "Where a provider leads back to: signs in, or leads on to /sign-in?problem=<code>",
  access: "open",
  side: "next",
  parameters,
  query: z.object({ code: once, state: once, iss: once, error: once, response: once }),
  status: 303,
  run: async (context, { parameters: { provider }, query, headers = new Headers() }) => {
    refuseEmbedding(headers);
    const answer = new URLSearchParams();
    for (const [name, values] of Object.entries(query))
      for (const value of [values ?? []].flat()) answer.append(name, value);
    const { location, cookie } = await finishSignIn(context, { provider, answer, headers });
    const back = new Headers({ location });
    back.append("set-cookie", forgetFlow(context.site));
    if (cookie) back.append("set-cookie", cookie);
    return new Response(null, { status: 303, headers: back });
  },
});

async function begun(
  context: Context,
  provider: string,
  {
    next = null,
    invitation = null,
    headers = new Headers(),
  }: { next?: string | null; invitation?: string | null; headers?: Headers },
): Promise<Response> {
  const { address, cookie } = await beginSignIn(context, { provider, next, invitation, headers });
  return Response.json({ address }, { headers: { "set-cookie": cookie } });
}
