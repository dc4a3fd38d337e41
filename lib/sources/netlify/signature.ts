import { createHash, createHmac } from "node:crypto";
import { equalSecrets } from "@/lib/auth/secrets";
import { glance } from "@/lib/sources/glance";

/**
 * Whether `X-Webhook-Signature` is a JSON web token of Netlify, signed with this secret
 * (HS256), whose `sha256` is the digest of exactly these bytes
 * (docs.netlify.com/deploy/deploy-notifications, Payload signature).
 */
export function verifySignature(
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
  secret: string,
): boolean {
  const [head = "", claims = "", signature = "", ...rest] = (
    headers["x-webhook-signature"] ?? ""
  ).split(".");
  if (secret === "" || rest.length > 0) return false;
  if (!equalSecrets(signature, sign(`${head}.${claims}`, secret))) return false;
  const { sha256, iss } = glance(Buffer.from(claims, "base64url"));
  // The token says itself how it was signed, so anything but HS256 is refused.
  const isNetlify = glance(Buffer.from(head, "base64url")).alg === "HS256" && iss === "netlify";
  return isNetlify && typeof sha256 === "string" && equalSecrets(sha256, digest(body));
}

/** The headers that Netlify would prove a body with. */
export function signBody(body: Uint8Array, secret: string): Record<string, string> {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = [
    { alg: "HS256", typ: "JWT" },
    { iss: "netlify", sha256: digest(body) },
  ]
    .map(encode)
    .join(".");
  return { "x-webhook-signature": `${content}.${sign(content, secret)}` };
}

function sign(content: string, secret: string): string {
  return createHmac("sha256", secret).update(content).digest("base64url");
}

function digest(body: Uint8Array): string {
  return createHash("sha256").update(body).digest("hex");
}
