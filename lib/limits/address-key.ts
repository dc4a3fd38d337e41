import { isIP } from "node:net";
import { isLoopbackAddress } from "@/lib/http/address";

/**
 * What is counted as one asker: an IPv4 address, and an IPv6 network of 64 bits,
 * since whoever has one address of it has them all. Null for this machine, from
 * which everybody comes when a proxy stands before us that nobody told us of.
 */
export function addressKey(address: string): string | null {
  if (address === "" || isLoopbackAddress(address)) return null;
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: gap }, () => "0"), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
