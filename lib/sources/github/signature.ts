import { hmacHex, isHmacHex } from "@/lib/sources/hmac";

/**
 * Whether `X-Hub-Signature-256` is the HMAC-SHA256 of exactly these bytes,
 * compared in constant time (docs.github.com, Validating webhook deliveries).
 * The older SHA-1 header proves nothing any more and is not looked at.
 */
export function verifySignature(
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
  secret: string,
): boolean {
  const given = /^sha256=(.*)$/.exec(headers["x-hub-signature-256"] ?? "")?.[1] ?? "";
  return isHmacHex(given, body, secret);
}

/** The headers that GitHub would prove a body with. */
export function signBody(body: Uint8Array, secret: string): Record<string, string> {
  return { "x-hub-signature-256": `sha256=${hmacHex(body, secret)}` };
}
