import { hmacHex, isHmacHex } from "@/lib/sources/hmac";

/**
 * Whether `X-Signature` is the HMAC-SHA256 of exactly these bytes, as Flux's
 * `generic-hmac` provider signs (fluxcd.io/flux/components/notification/providers).
 */
export function verifySignature(
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
  secret: string,
): boolean {
  const given = /^sha256=(.+)$/i.exec(headers["x-signature"] ?? "")?.[1] ?? "";
  return isHmacHex(given, body, secret);
}

/** The headers that Flux would prove a body with. */
export function signBody(body: Uint8Array, secret: string): Record<string, string> {
  return { "x-signature": `sha256=${hmacHex(body, secret)}` };
}
