import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifySignature } from "@/lib/sources/github/signature";

const secret = "It's a Secret to Everybody";
const body = Buffer.from("Hello, World!");
/** GitHub documentation, Validating webhook deliveries. */
const published = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
const signed = (value: string, bytes: Uint8Array = body, key = secret) =>
  verifySignature({ headers: { "x-hub-signature-256": value }, body: bytes }, key);

describe("X-Hub-Signature-256", () => {
  it("GitHub's published vector passes", () => {
    expect(signed(published)).toBe(true);
  });

  it("one changed byte, another secret or another digest does not", () => {
    expect(signed(published, Buffer.from("Hello, World?"))).toBe(false);
    expect(signed(published, body, "another")).toBe(false);
    expect(signed(published.replace("757", "857"))).toBe(false);
  });

  it("is over the exact bytes, not over what they mean", () => {
    const spaced = Buffer.from('{"a": 1}');
    const value = `sha256=${createHmac("sha256", secret).update(spaced).digest("hex")}`;
    expect(signed(value, spaced)).toBe(true);
    expect(signed(value, Buffer.from('{"a":1}'))).toBe(false);
  });

  it.each([
    "",
    "sha256=",
    "sha256=zz",
    `${published}00`,
    published.slice(7),
    `sha1=${"0".repeat(40)}`,
  ])("%s is refused", (value) => {
    expect(signed(value)).toBe(false);
  });

  it("a missing header is refused, and so is every signature with an empty secret", () => {
    expect(verifySignature({ headers: {}, body }, secret)).toBe(false);
    const empty = `sha256=${createHmac("sha256", "").update(body).digest("hex")}`;
    expect(signed(empty, body, "")).toBe(false);
  });

  it("the old SHA-1 header alone proves nothing", () => {
    const sha1 = `sha1=${createHmac("sha1", secret).update(body).digest("hex")}`;
    expect(verifySignature({ headers: { "x-hub-signature": sha1 }, body }, secret)).toBe(false);
  });
});
