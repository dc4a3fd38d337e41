import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits, safe in an address, a header and a shell. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** A short public id. */
export function newId(): string {
  return randomBytes(12).toString("base64url");
}

/** How a random secret is kept. Not for passwords, which people choose. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Constant time, whatever the lengths: both sides are hashed first. */
export function equalSecrets(given: string, expected: string): boolean {
  return timingSafeEqual(hashSecret(given), hashSecret(expected));
}
