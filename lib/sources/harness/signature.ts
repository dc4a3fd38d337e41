import { hmacHex, isHmacHex } from "@/lib/sources/hmac";

/** Whether `X-Harness-Signature` of Harness Code is the HMAC-SHA256 of exactly these bytes, as hex. */
export function verifySignature(
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
  secret: string,
): boolean {
  return isHmacHex(headers["x-harness-signature"] ?? "", body, secret);
}

/** The headers that Harness Code would prove a body with. */
export function signBody(body: Uint8Array, secret: string): Record<string, string> {
  return { "x-harness-signature": hmacHex(body, secret) };
}
