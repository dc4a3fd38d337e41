import { createHmac } from "node:crypto";
import { equalSecrets } from "@/lib/auth/secrets";

/** Whether `x-vercel-signature` is the HMAC-SHA1 (not 256) of exactly these bytes (vercel.com/docs/webhooks). */
export function verifySignature(
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
  secret: string,
): boolean {
  const given = headers["x-vercel-signature"] ?? "";
  return secret !== "" && equalSecrets(given.toLowerCase(), hmac(body, secret));
}

/** The headers that Vercel would prove a body with. */
export function signBody(body: Uint8Array, secret: string): Record<string, string> {
  return { "x-vercel-signature": hmac(body, secret) };
}

function hmac(body: Uint8Array, secret: string): string {
  return createHmac("sha1", secret).update(body).digest("hex");
}
