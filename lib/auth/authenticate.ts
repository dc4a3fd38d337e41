import { type Actor, anonymous, visitor } from "@/lib/auth/actor";
import { refuseCrossSite, refuseForeignHost } from "@/lib/auth/cross-site";
import { hashSecret } from "@/lib/auth/secrets";
import { readSession } from "@/lib/auth/sessions/sessions";
import { noteTokenUse } from "@/lib/auth/token-use";
import type { Config, ConfigToken } from "@/lib/config";
import type { Context } from "@/lib/context";
import { addressHeader, directHeader } from "@/lib/http/client-address";
import { Problem } from "@/lib/http/problem";
import { tokenGuesses } from "@/lib/limits/token-guesses";

interface HeaderReader {
  get(name: string): string | null;
}

/**
 * Who asks: a bearer token, a person by their session's cookie, a visitor where the
 * operator opened a demo, else `anonymous`. Throws `unauthenticated` for a token that
 * does not hold, `too_many_requests` for an address that guesses, `forbidden` and
 * `cross_site` when another site's page lends the cookie.
 */
export async function authenticate(
  context: Context,
  headers: HeaderReader,
  method: string,
): Promise<Actor> {
  const authorization = headers.get("authorization");
  if (isBearer(authorization)) return tokenActor(context, authorization, headers);
  const person = await readSession(context, headers.get("cookie"));
  const actor = person ?? strangerHere(context, headers);
  if (actor === anonymous) return actor;
  refuseForeignHost(headers, context.site);
  refuseCrossSite(headers, method, context.site);
  return actor;
}

/**
 * Whether an Authorization header is one of Pushline's own. Another scheme is that of
 * a proxy before it, which asks for a password of its own and passes it on.
 */
export function isBearer(authorization: string | null | undefined): authorization is string {
  return /^bearer(\s|$)/i.test(authorization ?? "");
}

/**
 * Whoever has no session: where sign-in is left out, what comes through a proxy is not
 * this machine, and a password of another's is a proxy's.
 */
export function strangerHere({ site }: Pick<Context, "site">, headers: HeaderReader): Actor {
  const isHere = headers.get(directHeader) === "yes" && headers.get("authorization") === null;
  return site.withoutSignIn && isHere ? visitor : anonymous;
}

function tokenActor(context: Context, authorization: string, headers: HeaderReader): Actor {
  const now = context.clock.now();
  const hash = hashOf(authorization);
  const token = holding(context.config, hash, now);
  const asker = {
    address: headers.get(addressHeader) ?? "",
    baseUrl: context.site.baseUrl,
  };
  tokenGuesses.judge(asker, { token: token?.id ?? null, hash }, now);
  if (!token) throw new Problem("unauthenticated", "This token is not known here.");
  noteTokenUse(token.id, now);
  const { id, name, scopes, reach, hashes } = token;
  const [current] = hashes;
  const expiresAt = current?.validUntil ?? null;
  const byPrevious = !current?.hash.equals(hash);
  return { kind: "token", id, name, scopes, reach, expiresAt, byPrevious };
}

/** Whether an Authorization header still names the token; for what outlives its request. */
export function stillHolds(
  { config, clock }: Pick<Context, "config" | "clock">,
  authorization: string,
  id: string,
): boolean {
  return holding(config, hashOf(authorization), clock.now())?.id === id;
}

function hashOf(authorization: string): Buffer {
  return hashSecret(/^Bearer +(.+)$/i.exec(authorization)?.[1]?.trim() ?? "");
}

/** Hashes are compared, whose every bit changes with the guess: time tells nothing of the secret. */
function holding(
  { tokens }: Pick<Config, "tokens">,
  hash: Buffer,
  now: Date,
): ConfigToken | undefined {
  return tokens.find(({ hashes }) =>
    hashes.some(
      (known) => known.hash.equals(hash) && (known.validUntil === null || known.validUntil > now),
    ),
  );
}
