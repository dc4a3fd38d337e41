import { BlockList, isIP } from "node:net";
import { isLoopbackAddress } from "@/lib/http/loopback";

/**
 * In which the server hands on from where a request comes. It overwrites whatever
 * the client sent under this name, so that behind it the value can be believed.
 */
export const addressHeader = "x-pushline-address";

/** Likewise: "yes" where `isDirect`. */
export const directHeader = "x-pushline-direct";

/** What proxies add; one of them there, and nobody knows who asks but the proxy. */
const proxyHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
  "via",
] as const;

type Headers = Record<string, string | string[] | undefined>;

/**
 * From where a request comes: the nearest hop that is no trusted proxy. Where the
 * socket's peer is one, it is the rightmost of X-Forwarded-For that is none; what
 * stands left of that the client may have written itself.
 */
export function clientAddress(
  peer: string | undefined,
  headers: Headers,
  trusted: BlockList | null,
): string {
  const nearest = plainAddress(peer ?? "");
  return trusted && holds(trusted, nearest)
    ? beyond(trusted, nearest, headers["x-forwarded-for"])
    : nearest;
}

/** Whether a program of this very machine asks, with no proxy between. */
export function isDirect(peer: string | undefined, headers: Headers): boolean {
  return (
    isLoopbackAddress(plainAddress(peer ?? "")) &&
    proxyHeaders.every((name) => headers[name] === undefined)
  );
}

/** Behind the server nobody asks the proxies' headers again, so nobody may be led by them. */
export function dropProxyHeaders(headers: Headers): void {
  for (const name of proxyHeaders) delete headers[name];
}

/** `10.0.0.7, 10.1.0.0/16, fd00::/8` as a list, and what of it is neither address nor network. */
export function readProxies(text: string): { list: BlockList; wrong: string[] } {
  const list = new BlockList();
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  return { list, wrong: parts.filter((part) => !add(list, part)) };
}

function add(list: BlockList, part: string): boolean {
  const [address = "", prefix, ...more] = part.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  const type = family === 4 ? "ipv4" : "ipv6";
  if (prefix === undefined) {
    list.addAddress(address, type);
    return true;
  }
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > (family === 4 ? 32 : 128)) return false;
  list.addSubnet(address, Number(prefix), type);
  return true;
}

function beyond(trusted: BlockList, peer: string, given: string | string[] | undefined): string {
  const hops = (Array.isArray(given) ? given.join(",") : (given ?? "")).split(",");
  let nearest = peer;
  while (holds(trusted, nearest)) {
    const next = plainAddress(hops.pop()?.trim() ?? "");
    if (isIP(next) === 0) break;
    nearest = next;
  }
  return nearest;
}

function holds(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** Without a port, brackets, a zone, or the prefix that a socket for both families puts before IPv4. */
function plainAddress(text: string): string {
  const bare = /^\[([^\]]+)\](:\d+)?$/.exec(text)?.[1] ?? text;
  const mapped = bare.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  return /^\d+(\.\d+){3}:\d+$/.test(mapped) ? mapped.replace(/:\d+$/, "") : mapped;
}
