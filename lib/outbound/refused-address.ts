import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";
import { ipv6Groups } from "@/lib/http/ipv6-groups";

/**
 * Never called, whoever asks: where clouds hand out their machines' credentials, and
 * what is no single machine. Loopback and private ranges are allowed on purpose: that
 * is where a Prometheus lives, and only an admin names one.
 */
const refused = new BlockList();
const subnets: [string, number, "ipv4" | "ipv6"][] = [
  ["0.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["224.0.0.0", 4, "ipv4"],
  ["240.0.0.0", 4, "ipv4"],
  ["fe80::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
  // Metadata services of AWS, Google, Oracle and Scaleway; private networks draw theirs at random.
  ["fd00:ec2::", 32, "ipv6"],
  ["fd20:ce::", 32, "ipv6"],
  ["fd00:c1::", 32, "ipv6"],
  ["fd00:42::", 32, "ipv6"],
];
for (const [network, bits, family] of subnets) refused.addSubnet(network, bits, family);
/** Metadata services outside of the link-local range: Azure, Alibaba, Oracle. */
for (const address of ["168.63.129.16", "100.100.100.200", "192.0.0.192"])
  refused.addAddress(address, "ipv4");

const refusedNames = /^(metadata|instance-data|metadata\.[a-z0-9.-]+|[a-z0-9.-]+\.metadata)\.?$/i;

/**
 * Whether a URL's host is, as it stands, an address that is never called or the name
 * of a cloud's metadata service, whatever that resolves to.
 */
export function isRefusedHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  return isIP(host) ? isRefusedAddress(host) : refusedNames.test(host);
}

/** Whether an IP address may never be called, in whichever of its forms it is written. */
export function isRefusedAddress(address: string): boolean {
  if (isIPv4(address)) return refused.check(address, "ipv4");
  const [bare = ""] = address.split("%");
  if (!isIPv6(bare)) return true;
  const groups = ipv6Groups(bare);
  if (groups.every((group) => group === 0)) return true;
  const inside = embeddedIPv4(groups);
  return refused.check(bare, "ipv6") || (inside !== null && refused.check(inside, "ipv4"));
}

/** The IPv4 address that a mapped, compatible, translated (NAT64), 6to4 or Teredo one leads to. */
function embeddedIPv4(groups: readonly number[]): string | null {
  const [first, second, third] = groups;
  const startsEmpty = groups.slice(0, 5).every((group) => group === 0);
  // ::1 and its like are no IPv4 written the old way.
  const isCompatible = startsEmpty && groups[5] === 0 && groups[6] !== 0;
  const isMapped = startsEmpty && groups[5] === 0xffff;
  const isMappedOld = groups.slice(0, 4).every((group) => group === 0) && groups[4] === 0xffff;
  const isTranslated = first === 0x64 && second === 0xff9b;
  if (isMapped || isCompatible || isMappedOld || isTranslated) return dotted(groups[6], groups[7]);
  if (first === 0x2002) return dotted(second, third);
  if (first === 0x2001 && second === 0)
    return dotted((groups[6] ?? 0) ^ 0xffff, (groups[7] ?? 0) ^ 0xffff);
  return null;
}

function dotted(high = 0, low = 0): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join(".");
}
