import { createHmac, timingSafeEqual } from "node:crypto";

/** The HMAC-SHA256 of these bytes as hex. */
export function hmacHex(bytes: Uint8Array, secret: string): string {
  return hmac(bytes, secret).toString("hex");
}

/** Whether `given` is that HMAC as hex, compared in constant time. Nothing is proved by an empty secret. */
export function isHmacHex(given: string, bytes: Uint8Array, secret: string): boolean {
  if (secret === "" || !/^[0-9a-f]{64}$/i.test(given)) return false;
  return timingSafeEqual(Buffer.from(given, "hex"), hmac(bytes, secret));
}

function hmac(bytes: Uint8Array, secret: string): Buffer {
  return createHmac("sha256", secret).update(bytes).digest();
}
