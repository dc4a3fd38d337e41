import { createHmac, timingSafeEqual } from "node:crypto";
import { isRecent } from "@/lib/sources/recent";

/**
 * Standard Webhooks (github.com/standard-webhooks/standard-webhooks, spec 1.0): the
 * scheme in which other providers sign, GitLab among them, so no provider's own.
 */

type Headers = Record<string, string>;

/**
 * Whether one of the `v1` signatures in `webhook-signature` is the HMAC-SHA256 of
 * `<id>.<timestamp>.<body>` by this secret (base64, with or without `whsec_`), and
 * the timestamp is within five minutes of `receivedAt`. Constant time per signature.
 */
export function isSignedMessage(
  { headers, body, receivedAt }: { headers: Headers; body: Uint8Array; receivedAt: Date },
  secret: string,
): boolean {
  const [id, timestamp] = [headers["webhook-id"], headers["webhook-timestamp"]];
  if (!id || !timestamp || !isRecent(timestamp, receivedAt)) return false;
  const expected = signatureOf(id, timestamp, body, secret);
  const given = (headers["webhook-signature"] ?? "").split(" ").flatMap((part) => {
    const [version, signature] = part.split(",");
    return version === "v1" && signature ? [Buffer.from(signature, "base64")] : [];
  });
  return given
    .map((one) => one.length === expected?.length && timingSafeEqual(one, expected))
    .includes(true);
}

/** The headers that prove a message whose id and timestamp stand in `headers`. */
export function signMessage(
  body: Uint8Array,
  secret: string,
  headers: Headers = {},
): Record<string, string> {
  const [id = "", timestamp = ""] = [headers["webhook-id"], headers["webhook-timestamp"]];
  const signature = signatureOf(id, timestamp, body, secret);
  return signature ? { "webhook-signature": `v1,${signature.toString("base64")}` } : {};
}

/** Null for a secret that holds no key. */
function signatureOf(
  id: string,
  timestamp: string,
  body: Uint8Array,
  secret: string,
): Buffer | null {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  if (key.length === 0) return null;
  return createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
}
