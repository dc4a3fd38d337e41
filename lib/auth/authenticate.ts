import { createHash, timingSafeEqual } from "node:crypto";
import { verifyPageCookie } from "@/lib/auth/page-cookie";
import type { Actor, Context, Scope } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

interface HeaderReader {
  get(name: string): string | null;
}

/**
 * Who asks: a bearer token of pushline.yaml, or one of our own pages by its
 * cookie. Throws `unauthenticated`, or `cross_site` when another site's page
 * lends the cookie.
 */
export function authenticate(context: Context, headers: HeaderReader, method: string): Actor {
  const authorization = headers.get("authorization");
  if (authorization !== null) return tokenActor(context, authorization);
  if (verifyPageCookie(context.pageKey, headers.get("cookie"))) {
    refuseCrossSite(headers, method);
    return { kind: "page", name: "page", scopes: ["read", "write"] };
  }
  throw new Problem(
    "unauthenticated",
    "This address needs a token: Authorization: Bearer <token>.",
  );
}

/** Throws `forbidden` where the actor lacks the scope; `admin` holds every scope. */
export function authorise(actor: Actor, scope: Scope): void {
  if (actor.scopes.includes(scope) || actor.scopes.includes("admin")) return;
  throw new Problem("forbidden", `This token lacks the scope "${scope}".`);
}

function tokenActor(context: Context, authorization: string): Actor {
  const given = /^Bearer +(.+)$/i.exec(authorization)?.[1]?.trim() ?? "";
  // Every token is compared, so that the time says nothing about which one came close.
  const matching = context.config.tokens.filter((token) => equalSecrets(given, token.token));
  const token = matching[0];
  if (!token) throw new Problem("unauthenticated", "This token is not known here.");
  return { kind: "token", name: token.name, scopes: token.scopes };
}

/** Constant time, whatever the lengths: both sides are hashed first. */
export function equalSecrets(given: string, expected: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

function refuseCrossSite(headers: HeaderReader, method: string): void {
  const site = headers.get("sec-fetch-site");
  const foreign = site !== null && site !== "same-origin" && site !== "none";
  const origin = headers.get("origin");
  const foreignOrigin = origin !== null && hostOf(origin) !== headers.get("host");
  if (foreign || (method !== "GET" && foreignOrigin))
    throw new Problem("cross_site", "Another site may not use this page's cookie.");
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
