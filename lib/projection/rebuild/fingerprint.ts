import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "@/lib/config";
import { rulesOf } from "@/lib/projection/rules";

const root = fileURLToPath(new URL("../../../", import.meta.url));
/** What readers, merging, derivation and tables are made of. */
const folders = ["lib", "db"] as const;

/**
 * A hash of all that a rebuild's result depends on besides the deliveries: the
 * code as it stands on disk, and the rules. A stopped rebuild goes on only under
 * the one that it began with.
 */
export async function fingerprintOf(config: Config): Promise<string> {
  const hash = createHash("sha256").update(rulesOf(config));
  for (const folder of folders) await addFolder(hash, folder);
  return hash.digest("hex");
}

async function addFolder(hash: ReturnType<typeof createHash>, folder: string): Promise<void> {
  const entries = await readdir(join(root, folder), { recursive: true });
  for (const name of entries.filter(isCode).sort())
    hash.update(`${folder}/${name}\n`).update(await readFile(join(root, folder, name)));
}

function isCode(name: string): boolean {
  return /\.m?[jt]s$/.test(name) && !name.endsWith(".test.ts");
}
