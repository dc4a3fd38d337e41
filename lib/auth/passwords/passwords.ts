import { randomBytes, type ScryptOptions, timingSafeEqual } from "node:crypto";
import { availableParallelism } from "node:os";
import { deriveKey } from "@/lib/auth/passwords/derive-key";
import { createQueue, type Queue } from "@/lib/auth/passwords/queue";
import { oncePerProcess } from "@/lib/once-per-process";

const cost = { N: 2 ** 17, r: 8, p: 1 };
const saltBytes = 16;
const hashBytes = 32;
/** Two at once where that leaves the door a core of its own, else one: each takes 128 MB and half a second of a core. */
const atOnce = Math.max(1, Math.min(2, availableParallelism() - 1));
const limits = { running: atOnce, waiting: 30, jobs: "checks of passwords" };

export function passwordQueue(): Queue {
  return oncePerProcess("passwords", () => createQueue(limits));
}

/**
 * `scrypt$N$r$p$salt$hash`, with the parameters that made it, so that they can grow.
 * Throws `too_many_requests` when too many wait.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, salt, cost);
  const { N, r, p } = cost;
  return ["scrypt", N, r, p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/**
 * Whether this is the password that was kept. Where there is none (null) it does
 * the same work and answers false: time must not tell which accounts exist.
 * Throws `too_many_requests` when too many wait.
 */
export async function verifyPassword(password: string, kept: string | null): Promise<boolean> {
  if (kept === null) {
    await derive(password, randomBytes(saltBytes), cost);
    return false;
  }
  const [, N, r, p, salt = "", hash = ""] = kept.split("$");
  const parameters = { N: Number(N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, "base64url"), parameters);
  const expected = Buffer.from(hash, "base64url");
  return expected.byteLength === hashBytes && timingSafeEqual(derived, expected);
}

/** The same letters typed on another system may come composed otherwise: NFKC makes them one. */
function derive(password: string, salt: Buffer, parameters: ScryptOptions): Promise<Buffer> {
  const options = { ...parameters, maxmem: 2 ** 28 };
  return passwordQueue().run(() => deriveKey(password.normalize("NFKC"), salt, hashBytes, options));
}
