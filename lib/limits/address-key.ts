import { isIP } from "node:net";
import { ipv6Groups } from "@/lib/http/ipv6-groups";
import { isLoopbackAddress } from "@/lib/http/loopback";

/**
 * What is counted as one asker: an IPv4 address, and an IPv6 network of 64 bits,
 * since whoever has one address of it has them all. Null for this machine, from
 * which everybody comes when a proxy stands before us that nobody told us of.
 */
export function addressKey(address: string): string | null {
  if (address === "" || isLoopbackAddress(address)) return null;
  if (isIP(address) !== 6) return address;
  return ipv6Groups(address)
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":");
}
