import { expect, it } from "vitest";
import { isPrivateAddress } from "@/lib/outbound/private-address";

it.each([
  "127.0.0.1",
  "127.8.8.8",
  "10.1.2.3",
  "172.31.255.255",
  "192.168.0.1",
  "100.64.0.1",
  "::1",
  "fd12:3456::1",
  "::ffff:10.0.0.1",
])("%s is of one's own network", (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

it.each([
  "8.8.8.8",
  "11.0.0.1",
  "172.32.0.1",
  "192.169.0.1",
  "100.128.0.1",
  "2001:db8::1",
  "fe00::1",
  "::ffff:8.8.8.8",
  "not an address",
])("%s is not", (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});
