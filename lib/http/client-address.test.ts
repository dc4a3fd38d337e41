import { describe, expect, it } from "vitest";
import { clientAddress, isDirect, readProxies } from "@/lib/http/client-address";

const proxies = readProxies("10.0.0.0/8, 127.0.0.1, fd00::/8").list;
const from = (peer: string, forwarded?: string | string[]) =>
  clientAddress(peer, { "x-forwarded-for": forwarded }, proxies);

describe("clientAddress", () => {
  it("is the socket's peer, whatever it says of others, unless a proxy is trusted", () => {
    expect(clientAddress("9.9.9.9", { "x-forwarded-for": "1.1.1.1" }, null)).toBe("9.9.9.9");
    expect(clientAddress("127.0.0.1", { "x-forwarded-for": "1.1.1.1" }, null)).toBe("127.0.0.1");
    expect(from("9.9.9.9", "1.1.1.1")).toBe("9.9.9.9");
  });

  it("is the rightmost hop that is no trusted proxy: left of it anything may stand", () => {
    expect(from("10.0.0.1", "8.8.8.8")).toBe("8.8.8.8");
    expect(from("10.0.0.1", "1.2.3.4, 8.8.8.8, 10.0.0.2")).toBe("8.8.8.8");
    expect(from("10.0.0.1", ["1.2.3.4", "8.8.8.8"])).toBe("8.8.8.8");
    expect(from("fd00::1", "2001:db8::7")).toBe("2001:db8::7");
  });

  it("stops at what is no address, and stays with the nearest proxy that named none", () => {
    expect(from("10.0.0.1", "8.8.8.8, unknown, 10.0.0.2")).toBe("10.0.0.2");
    expect(from("10.0.0.1", undefined)).toBe("10.0.0.1");
    expect(from("10.0.0.1", "10.0.0.3, 10.0.0.2")).toBe("10.0.0.3");
  });

  it("knows an address with a port, in brackets, and IPv4 on a socket for both", () => {
    expect(from("::ffff:10.0.0.1", "8.8.8.8:51234")).toBe("8.8.8.8");
    expect(from("10.0.0.1", "[2001:db8::7]:443")).toBe("2001:db8::7");
    expect(clientAddress("::ffff:9.9.9.9", {}, null)).toBe("9.9.9.9");
    expect(clientAddress("fe80::1%eth0", {}, null)).toBe("fe80::1");
    expect(clientAddress(undefined, {}, null)).toBe("");
  });
});

describe("isDirect", () => {
  it("is so for this machine's own programs alone", () => {
    for (const peer of ["127.0.0.1", "127.3.4.5", "::1", "::ffff:127.0.0.1"])
      expect(isDirect(peer, {})).toBe(true);
    for (const peer of ["10.0.0.1", "::ffff:10.0.0.1", undefined, "127.0.0.1.example.com"])
      expect(isDirect(peer, {})).toBe(false);
  });

  it("is not so once any proxy has said a word", () => {
    for (const name of ["forwarded", "x-forwarded-for", "x-forwarded-proto", "x-real-ip", "via"])
      expect(isDirect("127.0.0.1", { [name]: "" })).toBe(false);
  });
});
