import { expect, it } from "vitest";
import { isRefusedAddress, isRefusedHost } from "@/lib/outbound/refused-address";

it.each([
  ["link-local", "169.254.169.254"],
  ["link-local, the first", "169.254.0.0"],
  ["link-local, the last", "169.254.255.255"],
  ["link-local of IPv6", "fe80::1"],
  ["link-local of IPv6 with its zone", "fe80::1%eth0"],
  ["link-local of IPv6, the last", "febf:ffff::1"],
  ["mapped into IPv6", "::ffff:169.254.169.254"],
  ["mapped into IPv6, as hexadecimal", "::ffff:a9fe:a9fe"],
  ["mapped into IPv6, written out", "0:0:0:0:0:ffff:a9fe:a9fe"],
  ["mapped the old way", "::169.254.169.254"],
  ["translated by NAT64", "64:ff9b::169.254.169.254"],
  ["tunnelled by 6to4", "2002:a9fe:a9fe::1"],
  ["tunnelled by Teredo", "2001:0:1:2:3:4:5601:5601"],
  ["unspecified", "0.0.0.0"],
  ["of this network", "0.1.2.3"],
  ["unspecified of IPv6", "::"],
  ["unspecified, mapped", "::ffff:0.0.0.0"],
  ["multicast", "224.0.0.1"],
  ["multicast of IPv6", "ff02::1"],
  ["broadcast", "255.255.255.255"],
  ["reserved", "240.0.0.1"],
  ["Azure's", "168.63.129.16"],
  ["Alibaba's", "100.100.100.200"],
  ["AWS's of IPv6", "fd00:ec2::254"],
  ["AWS's of IPv6, for containers", "fd00:ec2::23"],
  ["Google's of IPv6", "fd20:ce::254"],
  ["Oracle's of IPv6", "fd00:c1::a9fe:a9fe"],
  ["Scaleway's of IPv6", "fd00:42::42"],
  ["no address at all", "example.com"],
  ["nothing", ""],
])("never calls an address that is %s: %s", (_what, address) => {
  expect(isRefusedAddress(address)).toBe(true);
});

it.each([
  "127.0.0.1",
  "::1",
  "10.1.2.3",
  "172.16.0.1",
  "192.168.1.1",
  "fd12::1",
  "fd00:43::1",
  "93.184.216.34",
])("may call %s: loopback and private networks are where engines live", (address) => {
  expect(isRefusedAddress(address)).toBe(false);
});

it.each([
  "http://2852039166/",
  "http://0xa9fea9fe/",
  "http://0xA9.0xFE.0xA9.0xFE/",
  "http://0251.0376.0251.0376/",
  "http://025177524776/",
  "http://169.254.43518/",
  "http://169.16689662/",
  "http://169.254.169.254./",
  "http://１６９.254.169.254/",
  "http://[::ffff:169.254.169.254]/",
  "http://[::ffff:a9fe:a9fe]/",
  "http://[0:0:0:0:0:ffff:169.254.169.254]/",
  "http://[fe80::1]/",
  "http://[::]/",
  "http://0/",
  "http://0x0/",
  "http://metadata.google.internal/",
  "http://METADATA.google.internal./",
  "http://metadata/",
  "http://instance-data/",
])("refuses %s, however it is written", (address) => {
  expect(isRefusedHost(new URL(address).hostname)).toBe(true);
});

it.each(["http://prometheus:9090/", "http://2130706433/", "https://metadata-store.example.com/"])(
  "takes %s",
  (address) => {
    expect(isRefusedHost(new URL(address).hostname)).toBe(false);
  },
);
