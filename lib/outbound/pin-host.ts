import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { OutboundProblem } from "@/lib/outbound/problem";
import { isRefusedAddress, isRefusedHost } from "@/lib/outbound/refused-address";

export interface PinnedAddress {
  address: string;
  family: 4 | 6;
}

/** Every address of a name, in the order in which they are to be tried. */
export type Resolver = (name: string) => Promise<{ address: string; family: number }[]>;

export const systemResolver: Resolver = (name) => lookup(name, { all: true, order: "verbatim" });

/**
 * The addresses behind a URL's host, resolved this once: whoever connects uses these
 * and does not ask again, so that a second, other answer (DNS rebinding) is never
 * heard. Throws `address_refused` where any of them is; `not_resolved`.
 */
export async function pinHost(hostname: string, resolve: Resolver): Promise<PinnedAddress[]> {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (isRefusedHost(hostname)) throw refusal();
  const found = isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : await resolved(host, resolve);
  const pinned = found.map(({ address, family }): PinnedAddress => {
    if (isRefusedAddress(address)) throw refusal();
    return { address, family: family === 6 ? 6 : 4 };
  });
  if (pinned.length === 0) throw unresolved();
  return pinned;
}

async function resolved(host: string, resolve: Resolver) {
  try {
    return await resolve(host);
  } catch {
    throw unresolved();
  }
}

function refusal(): OutboundProblem {
  return new OutboundProblem(
    "address_refused",
    "Pushline never calls link-local, metadata, multicast or unspecified addresses.",
  );
}

function unresolved(): OutboundProblem {
  return new OutboundProblem("not_resolved", "The host's name could not be resolved.");
}
