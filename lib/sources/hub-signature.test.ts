import { describe, expect, it } from "vitest";
import { hubSignature } from "@/lib/sources/hub-signature";

const body = Buffer.from("Hello, World!");
/** GitHub's published vector: Bitbucket computes the same. */
const secret = "It's a Secret to Everybody";
const published = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
const verify = (value: string | undefined, bytes: Uint8Array = body, key = secret) =>
  hubSignature.verify({ headers: value ? { "x-hub-signature": value } : {}, body: bytes }, key);

describe("X-Hub-Signature", () => {
  it("is the HMAC-SHA256 of the exact bytes", () => {
    expect(verify(published)).toBe(true);
    expect(hubSignature.sign(body, secret)).toEqual({ "x-hub-signature": published });
    expect(verify(published, Buffer.from("Hello, World?"))).toBe(false);
    expect(verify(published, body, "another")).toBe(false);
  });

  it.each([undefined, "sha256=", published.slice(7), `${published}00`, `sha1=${"0".repeat(40)}`])(
    "%s is refused",
    (value) => {
      expect(verify(value)).toBe(false);
    },
  );

  it("nothing is proved by an empty secret", () => {
    expect(verify(hubSignature.sign(body, "")["x-hub-signature"], body, "")).toBe(false);
  });
});
