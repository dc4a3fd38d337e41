import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "@/scripts/start/settings";

const keyBytes = 32;

/**
 * The key under which secrets in the database are sealed, kept outside of it:
 * PUSHLINE_SECRET_KEY where it is set (replicas share one), else a file of the
 * data folder that only its owner can read, made at the first start.
 */
export function readVaultKey(given: string | null, dataFolder: string): Buffer {
  if (given !== null) return decode(given, "PUSHLINE_SECRET_KEY");
  const file = join(dataFolder, "secret.key");
  if (!existsSync(file)) {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    try {
      // Exclusive: of two first starts one makes the key, and both read it.
      writeFileSync(file, randomBytes(keyBytes).toString("base64"), { mode: 0o600, flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  if ((statSync(file).mode & 0o077) !== 0)
    throw new SettingsError(`${file} can be read by others: chmod 600 it, then start again.`);
  return decode(readFileSync(file, "utf8").trim(), file);
}

function decode(text: string, place: string): Buffer {
  const key = Buffer.from(text, "base64");
  if (key.byteLength === keyBytes) return key;
  throw new SettingsError(
    `${place} is not a key: it holds 32 random bytes in base64, as from: openssl rand -base64 32`,
  );
}
