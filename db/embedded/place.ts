import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  statSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { canReach, type OperatingUser } from "@/db/embedded/operating-user";

/** Where everything of one embedded database lies. */
export interface Place {
  /** Pushline's data folder: lock, password, log. */
  dataDir: string;
  /** Postgres's own folder inside it. */
  cluster: string;
  /** The folder of the Unix socket, short enough for the system. */
  socketFolder: string;
  passwordFile: string;
  lockFile: string;
  logFile: string;
}

/** macOS allows 103 bytes for a socket's path. */
const longestSocketPath = 103;
export const socketName = ".s.PGSQL.5432";

/**
 * Makes the data folder and answers the places in it. As root, a folder that
 * Postgres's user cannot enter is replaced by one under /var/lib.
 */
export function makePlace(
  wanted: string,
  user: OperatingUser | null,
  log: (line: string) => void,
): Place {
  let dataDir = resolve(wanted);
  makeDataFolder(dataDir, user);
  if (user && !canReach(dataDir, user)) {
    const instead = folderInstead(dataDir);
    log(
      `User "${user.name}", who runs Postgres, cannot enter ${dataDir}: the data lies in ${instead}.`,
    );
    dataDir = instead;
    makeDataFolder(dataDir, user);
  }
  return placeIn(dataDir);
}

/** The places of a data folder that exists already, made by `makePlace`; null where there is none. */
export function findPlace(wanted: string): Place | null {
  const dataDir = resolve(wanted);
  const candidates = [dataDir, folderInstead(dataDir)].map(placeIn);
  return candidates.find((place) => statSync(place.cluster, { throwIfNoEntry: false })) ?? null;
}

/** Makes the socket's folder, closed to all but Postgres's user, and refuses one made by others. */
export function makeSocketFolder(place: Place, user: OperatingUser | null): void {
  const ourselves = process.getuid?.() ?? 0;
  mkdirSync(place.socketFolder, { recursive: true, mode: 0o700 });
  const found = lstatSync(place.socketFolder);
  if (!found.isDirectory() || ![ourselves, user?.uid].includes(found.uid))
    throw new Error(`${place.socketFolder} belongs to someone else: remove it, then start again.`);
  if (user) chownSync(place.socketFolder, user.uid, user.gid);
}

function makeDataFolder(folder: string, user: OperatingUser | null): void {
  try {
    makeFolders(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    // Postgres's user has to pass through, and needs to see nothing.
    if (user) chmodSync(folder, 0o711);
  } catch (error) {
    throw new Error(
      `The data folder ${folder} cannot be written (${(error as Error).message}). Set PUSHLINE_DATA_DIR to a folder that you own.`,
    );
  }
}

/** One by one: with `recursive`, Node tries for ever where the system says ENOENT, as in /proc. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another start may have made it in between.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function folderInstead(dataDir: string): string {
  const isDefault = dataDir === resolve(".pushline");
  return isDefault ? "/var/lib/pushline" : `/var/lib/pushline-${shortHash(dataDir)}`;
}

function placeIn(dataDir: string): Place {
  const nearby = join(dataDir, "socket");
  const isShort = Buffer.byteLength(join(nearby, socketName)) <= longestSocketPath;
  return {
    dataDir,
    cluster: join(dataDir, "postgres"),
    // Not os.tmpdir(): a running Postgres has to be found again, whatever TMPDIR says then.
    socketFolder: isShort ? nearby : join("/tmp", `pushline-${shortHash(dataDir)}`),
    passwordFile: join(dataDir, "postgres.password"),
    lockFile: join(dataDir, "app.lock"),
    logFile: join(dataDir, "postgres.log"),
  };
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
