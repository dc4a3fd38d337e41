import { hmacHex, isHmacHex } from "@/lib/sources/hmac";

const header = "x-pagerduty-signature";

/**
 * Whether one of the `v1` signatures is the HMAC-SHA256 of the raw body; while a secret
 * is changed there are several (developer.pagerduty.com, Verifying Webhook Signatures).
 */
export function verifySignature(
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
  secret: string,
): boolean {
  return (headers[header] ?? "")
    .split(",")
    .map((one) => /^v1=(.+)$/.exec(one.trim())?.[1] ?? "")
    .map((given) => isHmacHex(given, body, secret))
    .includes(true);
}

export function signBody(body: Uint8Array, secret: string): Record<string, string> {
  return { [header]: `v1=${hmacHex(body, secret)}` };
}
