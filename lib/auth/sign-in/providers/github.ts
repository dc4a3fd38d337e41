import { createHash } from "node:crypto";
import { z } from "zod";
import { fetchBounded } from "@/lib/auth/sign-in/providers/fetch-bounded";
import type { Proofs, ProvenIdentity, SignInProvider } from "@/lib/auth/sign-in/providers/provider";
import { refusalOf, SignInRefusal } from "@/lib/auth/sign-in/providers/refusal";
import type { GithubSettings } from "@/lib/config/sign-in";

/**
 * Sign-in by GitHub's OAuth (docs.github.com/apps/oauth-apps, "Authorizing OAuth
 * apps"): GitHub is no OpenID provider, so who it is its API says. The subject is
 * the account's number: a login can be given up and taken by somebody else.
 */
export function githubProvider(settings: GithubSettings): SignInProvider {
  return {
    async authorizeAddress({ redirectAddress, state, verifier }) {
      const address = new URL(`${settings.url}/login/oauth/authorize`);
      address.search = new URLSearchParams({
        client_id: settings.clientId,
        redirect_uri: redirectAddress,
        scope: settings.organizations.length > 0 ? "user:email read:org" : "user:email",
        state,
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
      }).toString();
      return address.href;
    },
    identify: (proofs, answer) => identify(settings, proofs, answer),
  };
}

async function identify(
  settings: GithubSettings,
  proofs: Proofs,
  answer: URLSearchParams,
): Promise<ProvenIdentity> {
  const code = codeOf(settings, proofs, answer);
  const ask = await apiOf(settings, proofs, code);
  const user = await ask("/user", userAnswer);
  if (settings.organizations.length > 0) await refuseOutsider(settings, ask);
  const emails = await ask("/user/emails", emailsAnswer);
  return {
    issuer: settings.url,
    subject: String(user.id),
    name: user.name?.trim() || user.login,
    email: emails.find(({ primary, verified }) => primary && verified)?.email ?? null,
  };
}

function codeOf({ url }: GithubSettings, { state }: Proofs, answer: URLSearchParams): string {
  const issuer = answer.get("iss");
  const isOurs = issuer === null || issuer === url || issuer === `${url}/login/oauth`;
  // Said twice, nobody knows which was checked.
  const isPlain = ["code", "state", "iss", "error"].every((name) => answer.getAll(name).length < 2);
  if (!isOurs || !isPlain || answer.get("state") !== state)
    throw new SignInRefusal("answer_not_trusted");
  const error = answer.get("error");
  if (error !== null) throw refusalOf(error);
  const code = answer.get("code");
  if (!code) throw new SignInRefusal("provider_refused");
  return code;
}

type Ask = <Schema extends z.ZodType>(path: string, schema: Schema) => Promise<z.output<Schema>>;

/** Trades the code for a token that is used for these few questions and kept nowhere. */
async function apiOf(
  { url, apiUrl, clientId, clientSecret }: GithubSettings,
  { redirectAddress, verifier }: Proofs,
  code: string,
): Promise<Ask> {
  const granted = await fetchBounded(`${url}/login/oauth/access_token`, {
    method: "POST",
    headers: { accept: "application/json", "user-agent": "Pushline" },
    body: new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      code,
      redirect_uri: redirectAddress,
      code_verifier: verifier,
    }),
  });
  const token = await decoded(granted, tokenAnswer);
  // GitHub refuses with 200.
  if ("error" in token) throw refusalOf(token.error);
  const api = apiUrl ?? apiAddress(url);
  return async (path, schema) => {
    const headers = {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token.access_token}`,
      "user-agent": "Pushline",
      "x-github-api-version": "2022-11-28",
    };
    return decoded(await fetchBounded(`${api}${path}`, { headers }), schema);
  };
}

const pageSize = 100;
const mostPages = 10;

async function refuseOutsider({ organizations }: GithubSettings, ask: Ask): Promise<void> {
  const wanted = new Set(organizations.map((name) => name.toLowerCase()));
  for (let page = 1; page <= mostPages; page += 1) {
    const found = await ask(`/user/orgs?per_page=${pageSize}&page=${page}`, organizationsAnswer);
    if (found.some(({ login }) => wanted.has(login.toLowerCase()))) return;
    if (found.length < pageSize) break;
  }
  throw new SignInRefusal("organization_not_allowed");
}

/** github.com, a tenant of ghe.com, or a server of one's own. */
function apiAddress(url: string): string {
  const { protocol, host } = new URL(url);
  const isHosted = host === "github.com" || host.endsWith(".ghe.com");
  return isHosted ? `${protocol}//api.${host}` : `${url}/api/v3`;
}

async function decoded<Schema extends z.ZodType>(
  answer: Response,
  schema: Schema,
): Promise<z.output<Schema>> {
  if (answer.status >= 500 || answer.status === 429)
    throw new SignInRefusal("provider_unavailable");
  if (!answer.ok) throw new SignInRefusal("provider_refused");
  const body: unknown = await answer.json().catch(() => null);
  const read = schema.safeParse(body);
  if (!read.success) throw new SignInRefusal("answer_not_trusted");
  return read.data;
}

const tokenAnswer = z.union([
  z.object({ error: z.string() }),
  z.object({ access_token: z.string().min(1) }),
]);
const userAnswer = z.object({
  id: z.int().positive(),
  login: z.string().min(1),
  name: z.string().nullable().optional(),
});
const organizationsAnswer = z.array(z.object({ login: z.string() }));
const emailsAnswer = z.array(
  z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }),
);
