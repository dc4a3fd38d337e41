import type { Site } from "@/lib/context";

/** A session, and what a sign-in with a provider keeps to itself while it is under way. */
type Kind = "session" | "sign_in";

/** A Set-Cookie that only this very host reads, and no script; an empty value of no time forgets it. */
export function setCookie(
  site: Site,
  kind: Kind,
  value: string,
  lifetimeMilliseconds: number,
): string {
  const secure = isSecure(site) ? "; Secure" : "";
  // Lax: a link in an alert's mail opens signed in, and no other site's form does.
  return `${nameOf(site, kind)}=${value}; Path=/; Max-Age=${lifetimeMilliseconds / 1_000}; HttpOnly; SameSite=Lax${secure}`;
}

/** Its value in a Cookie header; null where it is not there or empty. */
export function readCookie(site: Site, kind: Kind, header: string | null): string | null {
  const name = nameOf(site, kind);
  const found = header?.split(/; */).find((part) => part.startsWith(`${name}=`));
  return found?.slice(name.length + 1) || null;
}

/** __Host- binds the cookie to this very host over TLS; a browser refuses it on plain HTTP. */
function nameOf(site: Site, kind: Kind): string {
  return `${isSecure(site) ? "__Host-" : ""}pushline_${kind}`;
}

function isSecure({ baseUrl }: Site): boolean {
  return baseUrl?.startsWith("https:") ?? false;
}
