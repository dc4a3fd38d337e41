import type { Site } from "@/lib/context";
import { isLoopbackHost } from "@/lib/http/loopback";
import { Problem } from "@/lib/http/problem";

interface HeaderReader {
  get(name: string): string | null;
}

/**
 * A browser lends its sign-in to whatever address it believes is ours, so a name
 * that someone points at this machine (DNS rebinding) must not be answered.
 * Throws `forbidden`.
 */
export function refuseForeignHost(headers: HeaderReader, { baseUrl }: Pick<Site, "baseUrl">): void {
  const host = headers.get("host")?.toLowerCase();
  // Every browser sends one.
  if (host === undefined) return;
  if (isLoopbackHost(host) || (baseUrl !== null && host === new URL(baseUrl).host)) return;
  throw new Problem(
    "forbidden",
    "Pushline does not answer to this Host; set PUSHLINE_BASE_URL to the address it is reached at.",
  );
}

/**
 * For whatever a browser's sign-in allows. A browser says with every request that
 * changes something where it comes from; one that does not say so is not one of
 * our pages. Throws `cross_site`.
 */
export function refuseCrossSite(
  headers: HeaderReader,
  method: string,
  site: Pick<Site, "baseUrl">,
): void {
  refuseForeignPage(headers, site);
  const isUnsaid =
    headers.get("sec-fetch-site") !== "same-origin" && headers.get("origin") === null;
  if (isUnsaid && !isSafe(method)) throw crossSite();
}

/**
 * For what anybody may do and a cookie comes of: another site must not sign this
 * browser in as someone else. Programs say nothing of where they come from and
 * have no cookies to be planted. Throws `cross_site`.
 */
export function refuseForeignPage(headers: HeaderReader, site: Pick<Site, "baseUrl">): void {
  const relation = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isForeign = relation !== null && relation !== "same-origin" && relation !== "none";
  if (isForeign || (origin !== null && !isOwn(origin, headers, site))) throw crossSite();
}

/**
 * For pages: other sites may link here, and nothing else; what they embed, frame
 * or fetch would run with this browser's sign-in. Throws `cross_site`.
 */
export function refuseEmbedding(headers: HeaderReader): void {
  const relation = headers.get("sec-fetch-site");
  if (relation === null || relation === "same-origin" || relation === "none") return;
  const isLink =
    headers.get("sec-fetch-mode") === "navigate" && headers.get("sec-fetch-dest") === "document";
  if (!isLink) throw crossSite();
}

export function isSafe(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

/** Behind a proxy that ends TLS the Host may be the proxy's word for us; the configured address is not. */
function isOwn(origin: string, headers: HeaderReader, { baseUrl }: Pick<Site, "baseUrl">): boolean {
  if (baseUrl !== null && origin === new URL(baseUrl).origin) return true;
  const host = URL.canParse(origin) ? new URL(origin).host : "";
  return isLoopbackHost(host) && host === headers.get("host")?.toLowerCase();
}

function crossSite(): Problem {
  return new Problem("cross_site", "Another site may not act with this browser's sign-in.");
}
