import { createHmac } from "node:crypto";
import { equalSecrets } from "@/lib/auth/secrets";

/**
 * Whether `Heroku-Webhook-Hmac-SHA256` is the HMAC-SHA256 of exactly these bytes, in
 * base64 (devcenter.heroku.com/articles/app-webhooks).
 */
export function verifySignature(
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
  secret: string,
): boolean {
  const given = headers["heroku-webhook-hmac-sha256"] ?? "";
  return secret !== "" && equalSecrets(given, hmac(body, secret));
}

/** The headers that Heroku would prove a body with. */
export function signBody(body: Uint8Array, secret: string): Record<string, string> {
  return { "heroku-webhook-hmac-sha256": hmac(body, secret) };
}

function hmac(body: Uint8Array, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("base64");
}
