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

/** How many prove a body: its HMAC-SHA256 as hex in one header, behind a prefix where they have one. */
export function hmacInHeader(header: string, prefix = "") {
  return {
    verify(
      { headers, body }: { headers: Record<string, string>; body: Uint8Array },
      secret: string,
    ): boolean {
      const given = headers[header] ?? "";
      return given.startsWith(prefix) && isHmacHex(given.slice(prefix.length), body, secret);
    },
    sign(body: Uint8Array, secret: string): Record<string, string> {
      return { [header]: `${prefix}${hmacHex(body, secret)}` };
    },
  };
}

function hmac(bytes: Uint8Array, secret: string): Buffer {
  return createHmac("sha256", secret).update(bytes).digest();
}
