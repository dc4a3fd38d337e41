import { type Actor, anonymous, visitor } from "@/lib/auth/actor";
import { hashSecret } from "@/lib/auth/secrets";
import { readSession } from "@/lib/auth/sessions";
import { noteTokenUse } from "@/lib/auth/token-use";
import type { ConfigToken } from "@/lib/config";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

interface HeaderReader {
  get(name: string): string | null;
}

/**
 * Who asks: a bearer token, a person by their session's cookie, a visitor where the
 * operator opened a demo, else `anonymous`. Throws `unauthenticated` for a token that
 * does not hold, and `cross_site` when another site's page lends the cookie.
 */
export async function authenticate(
  context: Context,
  headers: HeaderReader,
  method: string,
): Promise<Actor> {
  const authorization = headers.get("authorization");
  if (authorization !== null) return tokenActor(context, authorization);
  const person = await readSession(context, headers.get("cookie"));
  const actor = person ?? (context.site.withoutSignIn ? visitor : anonymous);
  if (actor !== anonymous) refuseCrossSite(headers, method);
  return actor;
}

function tokenActor(context: Context, authorization: string): Actor {
  const given = /^Bearer +(.+)$/i.exec(authorization)?.[1]?.trim() ?? "";
  const token = holding(context, given);
  if (!token) throw new Problem("unauthenticated", "This token is not known here.");
  noteTokenUse(token.id, context.clock.now());
  const { id, name, scopes, reach } = token;
  return { kind: "token", id, name, scopes, reach };
}

/** Hashes are compared, whose every bit changes with the guess: time tells nothing of the secret. */
function holding({ config, clock }: Context, given: string): ConfigToken | undefined {
  const hash = hashSecret(given);
  const now = clock.now();
  return config.tokens.find(({ hashes }) =>
    hashes.some(
      (known) => known.hash.equals(hash) && (known.validUntil === null || known.validUntil > now),
    ),
  );
}

/**
 * A browser says with every request that changes something where it comes from;
 * one that does not say so is not one of our pages.
 */
function refuseCrossSite(headers: HeaderReader, method: string): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isForeign =
    (site !== null && site !== "same-origin" && site !== "none") ||
    (origin !== null && hostOf(origin) !== headers.get("host"));
  const isUnsaid = site !== "same-origin" && origin === null;
  const changes = method !== "GET" && method !== "HEAD";
  if (isForeign || (changes && isUnsaid))
    throw new Problem("cross_site", "Another site may not act with this browser's sign-in.");
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
