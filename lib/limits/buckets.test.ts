import { describe, expect, it } from "vitest";
import { addressKey } from "@/lib/limits/address-key";
import { Buckets } from "@/lib/limits/buckets";

describe("a bucket", () => {
  it("gives its burst at once and then its rate, and says when to ask again", () => {
    const buckets = new Buckets({ perSecond: 2, burst: 3 });
    expect([0, 0, 0].map((at) => buckets.take("a", 1, at))).toEqual([0, 0, 0]);
    expect(buckets.take("a", 1, 0)).toBe(1);
    expect(buckets.take("a", 3, 0)).toBe(2);
    expect(buckets.take("a", 1, 500)).toBe(0);
    expect(buckets.take("a", 1, 500)).toBe(1);
    expect([1, 2, 3, 4].map(() => buckets.take("a", 1, 1_000_000))).toEqual([0, 0, 0, 1]);
  });

  it("lets more at once than it holds through when it is full, and makes up for it", () => {
    const buckets = new Buckets({ perSecond: 10, burst: 10 });
    expect(buckets.take("a", 100, 0)).toBe(0);
    expect(buckets.take("a", 1, 8_000)).toBe(2);
    expect(buckets.take("a", 1, 9_100)).toBe(0);
  });

  it("is each key's own", () => {
    const buckets = new Buckets({ perSecond: 1, burst: 1 });
    expect(buckets.take("a", 1, 0)).toBe(0);
    expect(buckets.take("b", 1, 0)).toBe(0);
    expect(buckets.take("a", 1, 0)).toBe(1);
  });

  it("takes nothing back when the clock stands still or steps back", () => {
    const buckets = new Buckets({ perSecond: 1, burst: 2 });
    expect(buckets.take("a", 2, 5_000)).toBe(0);
    expect(buckets.take("a", 1, 1_000)).toBe(1);
  });

  it("forgets the one longest unheard of, and holds no more than it may", () => {
    const buckets = new Buckets({ perSecond: 1, burst: 1 }, 3);
    for (const key of ["a", "b", "c", "a", "d"]) buckets.take(key, 1, 0);
    expect(buckets.size).toBe(3);
    // "a" was heard of after "b".
    expect(buckets.take("a", 1, 0)).toBe(1);
    expect(buckets.take("b", 1, 0)).toBe(0);
    for (let key = 0; key < 1_000; key += 1) buckets.take(String(key), 1, 0);
    expect(buckets.size).toBe(3);
  });
});

describe("addressKey", () => {
  it("is the address of IPv4, and the network of 64 bits of IPv6 however it is written", () => {
    expect(addressKey("9.9.9.9")).toBe("9.9.9.9");
    const same = ["2001:db8::1", "2001:DB8:0:0:ffff:1:2:3", "2001:0db8:0000::9"].map(addressKey);
    expect(new Set(same)).toEqual(new Set(["2001:db8:0:0"]));
    expect(addressKey("2001:db8:0:1::1")).toBe("2001:db8:0:1");
  });

  it("is nothing for this machine and for who is unknown", () => {
    for (const address of ["127.0.0.1", "127.9.9.9", "::1", ""])
      expect(addressKey(address)).toBeNull();
  });
});
