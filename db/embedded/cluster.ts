import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { NativePrograms } from "@/db/embedded/native";
import { type OperatingUser, runAs } from "@/db/embedded/operating-user";
import type { Place } from "@/db/embedded/place";

export const superuser = "pushline";

/**
 * Makes the cluster where there is none yet, and answers its superuser's
 * password. It is made aside and renamed, so that a killed start leaves no half of one.
 */
export async function ensureCluster(
  place: Place,
  programs: NativePrograms,
  user: OperatingUser | null,
): Promise<{ password: string; created: boolean }> {
  if (existsSync(join(place.cluster, "PG_VERSION"))) {
    refuseOtherMajor(place, programs);
    return { password: readPassword(place), created: false };
  }
  await removeUnfinished(place);
  const unfinished = join(place.dataDir, `postgres.unfinished-${process.pid}`);
  mkdirSync(unfinished, { mode: 0o700 });
  if (user) chownSync(unfinished, user.uid, user.gid);

  const password = randomBytes(24).toString("base64url");
  await writeFile(place.passwordFile, password, { mode: 0o600 });
  await initialise(unfinished, password, programs, user);
  await rename(unfinished, place.cluster);
  return { password, created: true };
}

export function readPassword(place: Place): string {
  try {
    return readFileSync(place.passwordFile, "utf8").trim();
  } catch (error) {
    throw new Error(
      `The database's password in ${place.passwordFile} cannot be read: ${(error as Error).message}`,
    );
  }
}

/** Runs initdb; the password goes in by a closed file, never by its arguments. */
async function initialise(
  folder: string,
  password: string,
  programs: NativePrograms,
  user: OperatingUser | null,
): Promise<void> {
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const child = spawn(
    programs.initdb,
    [
      `--pgdata=${folder}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--no-locale",
      "--data-checksums",
      "--wal-segsize=1",
      "--no-instructions",
    ],
    { ...runAs(user), stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  await rm(passwordFile, { force: true });
  if (code === 0) return;
  await rm(folder, { recursive: true, force: true });
  throw new Error(`Postgres's initdb failed (exit ${code}):\n${output.trim()}`);
}

async function removeUnfinished(place: Place): Promise<void> {
  for (const name of await readdir(place.dataDir))
    if (name.startsWith("postgres.unfinished-"))
      await rm(join(place.dataDir, name), { recursive: true, force: true });
}

function refuseOtherMajor(place: Place, programs: NativePrograms): void {
  const made = readFileSync(join(place.cluster, "PG_VERSION"), "utf8").trim();
  const ours = programs.version.split(".")[0];
  if (made !== ours)
    throw new Error(
      `The data in ${place.cluster} was made by Postgres ${made}, and this Pushline brings Postgres ${ours}. Start the Pushline that made it and take a backup, or set PUSHLINE_DATA_DIR to an empty folder.`,
    );
}
