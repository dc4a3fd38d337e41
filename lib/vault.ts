import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Seals what must be read again (webhook secrets, engines' credentials) under a key outside the database. */
export interface Vault {
  /** `purpose` binds the sealed bytes to their place: moved elsewhere they do not open. */
  seal(purpose: string, plain: string): Buffer;
  /** Throws where the bytes were sealed under another key or for another purpose, or were changed. */
  open(purpose: string, sealed: Buffer): string;
  /** Tells keys apart without telling anything of them. */
  fingerprint: string;
}

/** AES-256-GCM with a random nonce per value: nonce, then ciphertext, then tag. */
export function openVault(key: Uint8Array): Vault {
  if (key.byteLength !== 32) throw new Error("A vault's key has 32 bytes.");
  return {
    seal(purpose, plain) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(purpose));
      return Buffer.concat([
        nonce,
        cipher.update(plain, "utf8"),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
    },
    open(purpose, sealed) {
      const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(Buffer.from(purpose))
        .setAuthTag(sealed.subarray(-tagBytes));
      const body = sealed.subarray(nonceBytes, -tagBytes);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
    },
    fingerprint: createHash("sha256")
      .update("pushline vault")
      .update(key)
      .digest("hex")
      .slice(0, 16),
  };
}
