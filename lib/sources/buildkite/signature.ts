import { hmacHex, isHmacHex } from "@/lib/sources/hmac";
import { isRecent } from "@/lib/sources/recent";

/**
 * Whether `X-Buildkite-Signature` is the HMAC-SHA256 of `<timestamp>.<body>` and its
 * timestamp within five minutes of the receipt (buildkite.com/docs/apis/webhooks).
 */
export function verifySignature(
  {
    headers,
    body,
    receivedAt,
  }: { headers: Record<string, string>; body: Uint8Array; receivedAt: Date },
  secret: string,
): boolean {
  const { timestamp, signature } = readHeader(headers);
  if (!timestamp || !signature || !isRecent(timestamp, receivedAt)) return false;
  return isHmacHex(signature, signed(timestamp, body), secret);
}

/** The signature that Buildkite would prove a body with, at the timestamp that its header has already. */
export function signBody(
  body: Uint8Array,
  secret: string,
  headers: Record<string, string> = {},
): Record<string, string> {
  const { timestamp = "" } = readHeader(headers);
  const signature = hmacHex(signed(timestamp, body), secret);
  return { "x-buildkite-signature": `timestamp=${timestamp},signature=${signature}` };
}

function readHeader(headers: Record<string, string>): { timestamp?: string; signature?: string } {
  const parts = (headers["x-buildkite-signature"] ?? "").split(",");
  return Object.fromEntries(parts.map((part) => part.trim().split("=")));
}

function signed(timestamp: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${timestamp}.`), body]);
}
