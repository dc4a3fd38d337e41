import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether `X-Hub-Signature-256` is the HMAC-SHA256 of exactly these bytes,
 * compared in constant time (docs.github.com, Validating webhook deliveries).
 * The older SHA-1 header proves nothing any more and is not looked at.
 */
export function verifySignature(
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
  secret: string,
): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(headers["x-hub-signature-256"] ?? "")?.[1];
  if (!given || secret === "") return false;
  return timingSafeEqual(Buffer.from(given, "hex"), hmac(body, secret));
}

/** The headers that GitHub would prove a body with. */
export function signBody(body: Uint8Array, secret: string): Record<string, string> {
  return { "x-hub-signature-256": `sha256=${hmac(body, secret).toString("hex")}` };
}

function hmac(body: Uint8Array, secret: string): Buffer {
  return createHmac("sha256", secret).update(body).digest();
}
