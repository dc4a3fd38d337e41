import { hmacHex, isHmacHex } from "@/lib/sources/hmac";

/**
 * Whether one of the `v1` signatures in `circleci-signature` is the HMAC-SHA256 of
 * exactly these bytes (circleci.com/docs/outbound-webhooks). Versions not known here
 * prove nothing.
 */
export function verifySignature(
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
  secret: string,
): boolean {
  return (headers["circleci-signature"] ?? "")
    .split(",")
    .flatMap((part) => /^v1=(.+)$/.exec(part.trim())?.[1] ?? [])
    .map((given) => isHmacHex(given, body, secret))
    .includes(true);
}

/** The headers that CircleCI would prove a body with. */
export function signBody(body: Uint8Array, secret: string): Record<string, string> {
  return { "circleci-signature": `v1=${hmacHex(body, secret)}` };
}
