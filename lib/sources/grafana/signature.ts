import { hmacHex, isHmacHex } from "@/lib/sources/hmac";
import { isRecent } from "@/lib/sources/recent";

const header = "x-grafana-alerting-signature";
/** The name that the guide gives it; Grafana has none of its own. */
const timestampHeader = "x-grafana-alerting-timestamp";

/**
 * Whether the signature is the HMAC-SHA256 of the body or, where the contact point has
 * a timestamp header, of `<timestamp>:<body>` with a timestamp within five minutes of the
 * receipt: each attempt is signed anew (grafana.com/docs, Webhook notifier).
 */
export function verifySignature(
  {
    headers,
    body,
    receivedAt,
  }: { headers: Record<string, string>; body: Uint8Array; receivedAt: Date },
  secret: string,
): boolean {
  const timestamp = headers[timestampHeader];
  if (timestamp && !isRecent(timestamp, receivedAt)) return false;
  const signed = timestamp ? Buffer.concat([Buffer.from(`${timestamp}:`), body]) : body;
  return isHmacHex(headers[header] ?? "", signed, secret);
}

export function signBody(body: Uint8Array, secret: string): Record<string, string> {
  return { [header]: hmacHex(body, secret) };
}
