import { hmacHex, isHmacHex } from "@/lib/sources/hmac";

/** Whether `X-Hub-Signature: sha256=<hex>`, as both Bitbuckets send it, is the HMAC of exactly these bytes. */
export function verifyHubSignature(
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
  secret: string,
): boolean {
  const given = /^sha256=(.*)$/.exec(headers["x-hub-signature"] ?? "")?.[1] ?? "";
  return isHmacHex(given, body, secret);
}

/** The header with which they prove a body. */
export function signForHub(body: Uint8Array, secret: string): Record<string, string> {
  return { "x-hub-signature": `sha256=${hmacHex(body, secret)}` };
}
