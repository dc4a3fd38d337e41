import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { gitlab } from "@/lib/sources/gitlab";
import { proveByToken, verifyGitlab } from "@/lib/sources/gitlab/signature";

const body = Buffer.from('{"object_kind":"push"}');
const receivedAt = new Date("2026-11-21T09:00:00Z");
const seconds = String(receivedAt.getTime() / 1000);
const key = Buffer.alloc(32, 7);
const signingToken = `whsec_${key.toString("base64")}`;
const signatureOf = (bytes: Uint8Array) =>
  `v1,${createHmac("sha256", key).update(`m1.${seconds}.`).update(bytes).digest("base64")}`;
const verify = (headers: Record<string, string>, secret: string) =>
  verifyGitlab({ headers, body, receivedAt }, secret);
const signedHeaders = (bytes: Uint8Array) => ({
  "webhook-id": "m1",
  "webhook-timestamp": seconds,
  "webhook-signature": signatureOf(bytes),
});

describe("GitLab proves itself", () => {
  it("by its secret in clear, whole and equal", () => {
    expect(verify({ "x-gitlab-token": "s3cret" }, "s3cret")).toBe(true);
    for (const token of ["s3cre", "s3cret ", "S3CRET", ""])
      expect(verify({ "x-gitlab-token": token }, "s3cret")).toBe(false);
    expect(verify({}, "s3cret")).toBe(false);
    expect(verify({ "x-gitlab-token": "" }, "")).toBe(false);
  });

  it("by a signature where it has a signing token", () => {
    expect(verify(signedHeaders(body), signingToken)).toBe(true);
    expect(verify(signedHeaders(Buffer.from("{}")), signingToken)).toBe(false);
    expect(verify(signedHeaders(body), `whsec_${Buffer.alloc(32, 8).toString("base64")}`)).toBe(
      false,
    );
  });

  it("a wrong signature is not made good by a token beside it", () => {
    const headers = { ...signedHeaders(Buffer.from("{}")), "x-gitlab-token": signingToken };
    expect(verify(headers, signingToken)).toBe(false);
  });

  it("what tests send proves itself, and its secret is kept in no header", () => {
    const headers = proveByToken(body, "s3cret");
    expect(verify(headers, "s3cret")).toBe(true);
    expect(gitlab.keptHeaders).not.toContain(Object.keys(headers)[0]);
  });
});
