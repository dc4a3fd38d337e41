import { describe, expect, it } from "vitest";
import { signForGitea, verifyGitea } from "@/lib/sources/gitea/signature";

const body = Buffer.from("Hello, World!");
const secret = "It's a Secret to Everybody";
/** GitHub's published vector, without its prefix: Gitea computes the same. */
const published = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
const verify = (headers: Record<string, string>, bytes: Uint8Array = body, key = secret) =>
  verifyGitea({ headers, body: bytes }, key);

describe("X-Gitea-Signature", () => {
  it("is the HMAC-SHA256 of the exact bytes in hex, a fork's as well", () => {
    expect(verify({ "x-gitea-signature": published })).toBe(true);
    expect(verify({ "x-forgejo-signature": published })).toBe(true);
    expect(signForGitea(body, secret)).toEqual({ "x-gitea-signature": published });
  });

  it("other bytes, another secret, another form or none prove nothing", () => {
    expect(verify({ "x-gitea-signature": published }, Buffer.from("Hello, World?"))).toBe(false);
    expect(verify({ "x-gitea-signature": published }, body, "another")).toBe(false);
    expect(verify({ "x-gitea-signature": `sha256=${published}` })).toBe(false);
    expect(verify({ "x-hub-signature": published })).toBe(false);
    expect(verify(signForGitea(body, ""), body, "")).toBe(false);
  });
});
