import { BlockList, isIPv4 } from "node:net";

/** Loopback, the networks of one's own (RFC 1918, RFC 4193), and what carriers and overlays share (RFC 6598). */
const own = new BlockList();
const subnets: [string, number, "ipv4" | "ipv6"][] = [
  ["127.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["::1", 128, "ipv6"],
  ["fc00::", 7, "ipv6"],
];
for (const [network, bits, family] of subnets) own.addSubnet(network, bits, family);

/** Whether an IP address is loopback or private: what goes there leaves no network of one's own. */
export function isPrivateAddress(address: string): boolean {
  const [bare = ""] = address.split("%");
  return own.check(bare, isIPv4(bare) ? "ipv4" : "ipv6");
}
