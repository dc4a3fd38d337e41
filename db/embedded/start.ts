import pg from "pg";
import { ensureCluster, readPassword, superuser } from "@/db/embedded/cluster";
import { lockHolder, takeLock } from "@/db/embedded/lock";
import { findNativePrograms, reachablePrograms } from "@/db/embedded/native";
import { operatingUser } from "@/db/embedded/operating-user";
import { findPlace, makePlace, makeSocketFolder, type Place } from "@/db/embedded/place";
import {
  awaitPostmaster,
  findPostmaster,
  isSameLaunch,
  type LaunchOptions,
  launchPostmaster,
  type Postmaster,
  signal,
  stopPostmaster,
} from "@/db/embedded/postmaster";
import { supervise } from "@/db/embedded/supervise";

export interface EmbeddedPostgres {
  /** Goes over a Unix socket in a closed folder; holds the password, so it is never printed. */
  url: string;
  /** Where the data really lies. */
  dataDir: string;
  /** Whether a Postgres that an earlier start left running was taken over. */
  adopted: boolean;
  stop(): Promise<void>;
}

/**
 * Starts, or takes over, the Postgres that lives in `dataDir`, and keeps it
 * running until `stop`. Throws a sentence that says what is wrong and what to do.
 */
export async function startEmbedded(input: {
  dataDir: string;
  log: (line: string) => void;
  /** For tests alone: no fsync. */
  unsafeFast?: boolean;
}): Promise<EmbeddedPostgres> {
  const user = operatingUser();
  const installed = findNativePrograms();
  const place = makePlace(input.dataDir, user, input.log);
  const lock = takeLock(place.lockFile);
  try {
    const programs = await reachablePrograms(installed, user, place.dataDir, input.log);
    const { password } = await ensureCluster(place, programs, user);
    makeSocketFolder(place, user);
    const unsafeFast = input.unsafeFast ?? false;
    const options: LaunchOptions = { place, programs, user, unsafeFast, log: input.log };

    const { postmaster, adopted } = await adoptOrLaunch(options);
    const url = urlOf(place, password);
    const supervisor = supervise(postmaster, options);
    // The last resort when the process ends without `stop`: nothing may be left running.
    const atExit = () => {
      const pid = supervisor.pid();
      if (pid) signal(pid, "SIGINT");
      lock.release();
    };
    process.once("exit", atExit);
    await ensureDatabase(url);
    return {
      url,
      dataDir: place.dataDir,
      adopted,
      async stop() {
        await supervisor.stop();
        process.off("exit", atExit);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The embedded Postgres that a running Pushline keeps in `dataDir`; null if none runs. */
export function findEmbedded(dataDir: string): Pick<EmbeddedPostgres, "url" | "dataDir"> | null {
  const place = findPlace(dataDir);
  if (!place || !lockHolder(place.lockFile) || !findPostmaster(place)) return null;
  return { url: urlOf(place, readPassword(place)), dataDir: place.dataDir };
}

async function adoptOrLaunch(
  options: LaunchOptions,
): Promise<{ postmaster: Postmaster; adopted: boolean }> {
  const found = findPostmaster(options.place);
  if (found && isSameLaunch(found, options)) {
    await awaitPostmaster(found, options);
    return { postmaster: found, adopted: true };
  }
  if (found) {
    options.log("A Postgres with other settings still runs on this data; restarting it.");
    await stopPostmaster(found, 30_000);
  }
  return { postmaster: await launchPostmaster(options), adopted: false };
}

function urlOf(place: Place, password: string): string {
  const host = encodeURIComponent(place.socketFolder);
  return `postgresql://${superuser}:${password}@localhost/${superuser}?host=${host}`;
}

async function ensureDatabase(url: string): Promise<void> {
  const maintenance = new URL(url);
  maintenance.pathname = "/postgres";
  const client = new pg.Client({ connectionString: maintenance.href });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [superuser]);
    if (found.rowCount === 0) await client.query(`create database ${superuser}`);
  } finally {
    await client.end();
  }
}
