import { generateKeyPairSync } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Provider } from "oidc-provider";
import { type Answerer, type Listening, listen } from "@/lib/auth/sign-in/providers/testing/listen";

/** A real OpenID provider of the test's own, on loopback. */
export interface Issuer extends Listening {
  /** Whom its sign-in page lets in, and what it tells of them; null: they say no. */
  account: { sub: string; claims: Record<string, unknown> } | null;
  /** Answers in the provider's place where it returns true. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
  /** How often each path was asked for. */
  asked: Map<string, number>;
}

export const clientId = "pushline";
export const clientSecret = "the-client-secret-only-this-test-knows";

export async function startIssuer(redirectUris: string[]): Promise<Issuer> {
  let answer: Answerer = () => undefined;
  const issuer: Issuer = {
    ...(await listen(() => answer)),
    account: null,
    intercept: null,
    asked: new Map(),
  };
  const provider = providerOf(issuer, redirectUris);
  const rest = provider.callback();
  answer = (request, response) => {
    const path = new URL(request.url ?? "/", issuer.address).pathname;
    issuer.asked.set(path, (issuer.asked.get(path) ?? 0) + 1);
    if (issuer.intercept?.(request, response)) return;
    if (path.startsWith("/interaction/")) void interact(provider, issuer, request, response);
    else void rest(request, response);
  };
  return issuer;
}

function providerOf(issuer: Issuer, redirectUris: string[]): Provider {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return new Provider(issuer.address, {
    clients: [
      { client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris },
      {
        client_id: "thin",
        client_secret: clientSecret,
        redirect_uris: redirectUris,
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "test", use: "sig" }] },
    cookies: { keys: ["a-key-for-the-issuers-cookies"] },
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name", "preferred_username", "hd"],
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    pkce: { required: () => true, methods: ["S256"] },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...(issuer.account?.claims ?? {}) }),
    }),
    renderError: (context: { body: string }) => {
      context.body = "refused";
    },
  });
}

/** The sign-in page and the question for consent, as if someone had answered both. */
async function interact(
  provider: Provider,
  { account }: Issuer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  const finish = (result: Record<string, unknown>) =>
    provider.interactionFinished(request, response, result);
  if (!account)
    return finish({ error: "access_denied", error_description: `No, says ${clientSecret}` });
  if (prompt.name === "login") return finish({ login: { accountId: account.sub } });
  const grant = new provider.Grant({
    accountId: session?.accountId ?? account.sub,
    clientId: params.client_id,
  });
  grant.addOIDCScope(params.scope);
  return finish({ consent: { grantId: await grant.save() } });
}
