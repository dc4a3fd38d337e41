/** Longer ones would not fit into the cookie that a sign-in with a provider carries along. */
const limitCharacters = 1_500;
const here = "http://pushline.invalid";

/**
 * Where to lead someone after sign-in: `text` where it is a path on this very
 * site, as a browser would read it, else "/". Never another origin, whatever
 * slashes, backslashes, line breaks or encodings of them it holds.
 */
export function relativeAddress(text: string | null | undefined): string {
  if (!text?.startsWith("/") || unwanted.test(text) || !URL.canParse(text, here)) return "/";
  const url = new URL(text, here);
  const address = `${url.pathname}${url.search}${url.hash}`;
  const isHere = url.origin === here && !leadsAway(url.pathname);
  return isHere && address.length <= limitCharacters ? address : "/";
}

const unwanted = /[\\\p{Cc}\p{Surrogate}]/u;

/** A proxy on the way may decode the path, more than once: then, too, it must stay a path. */
function leadsAway(path: string): boolean {
  const decoded = path.replace(/%([0-7][0-9a-f])/gi, (_whole, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  if (unwanted.test(decoded) || decoded.startsWith("//")) return true;
  return decoded !== path && leadsAway(decoded);
}
