import { ApiRefusal } from "@/lib/backfill/api-problem";

/**
 * The next page's address of a Link header (RFC 8288), as a path below the API's;
 * null where there is none. Throws ApiRefusal for one on another host: the token
 * goes to the API alone.
 */
export function nextPage(link: string, api: URL): string | null {
  const target = targetOf(link, "next");
  return target === null ? null : pathBelow(target, api);
}

/** An address as a path below the API's, whole or from its root. Throws ApiRefusal for another's. */
export function pathBelow(target: string, api: URL): string {
  const url = URL.canParse(target, api) ? new URL(target, api) : null;
  const below = `${api.pathname.replace(/\/+$/, "")}/`;
  if (url?.origin !== api.origin || !url.pathname.startsWith(below))
    throw new ApiRefusal(200, "Its next page is at another address, which is not asked.");
  return `/${url.pathname.slice(below.length)}${url.search}`;
}

/** How many pages there are, where the address of the last one tells. */
export function lastPage(link: string): number | null {
  const number = /[?&]page=(\d{1,6})(&|$)/.exec(targetOf(link, "last") ?? "")?.[1];
  return number === undefined ? null : Number(number);
}

function targetOf(link: string, relation: string): string | null {
  for (const [, target = "", parameters = ""] of link.matchAll(/<([^>]*)>([^<]*)/g))
    if (new RegExp(`;\\s*rel="?${relation}"?`, "i").test(parameters)) return target;
  return null;
}
