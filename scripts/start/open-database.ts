import { findEmbedded, startEmbedded } from "@/db/embedded/start";
import { migrateToLatest } from "@/db/migrate";
import type { Settings } from "@/scripts/start/settings";

export interface OpenDatabase {
  url: string;
  /** Where the data lies, in words without secrets. */
  place: string;
  /** What is kept beside the database: keys, and the address of a set-up. */
  dataFolder: string;
  close(): Promise<void>;
}

/** The migrated database of the settings: the outside one, or the embedded one, started here. */
export async function openDatabase(
  settings: Pick<Settings, "databaseUrl" | "dataDir">,
  log: (line: string) => void,
): Promise<OpenDatabase> {
  const opened = settings.databaseUrl
    ? outside(settings.databaseUrl, settings.dataDir)
    : await embedded(settings.dataDir, log);
  try {
    const names = await migrateToLatest(opened.url);
    if (names.length > 0) log(`Migrated the database: ${names.join(", ")}.`);
    return opened;
  } catch (error) {
    await opened.close();
    throw settings.databaseUrl ? unreachable(opened.place, error) : error;
  }
}

/** The same for a script beside a running Pushline: it joins that one's Postgres. */
export async function joinDatabase(
  settings: Pick<Settings, "databaseUrl" | "dataDir">,
  log: (line: string) => void,
): Promise<OpenDatabase> {
  const running = settings.databaseUrl ? null : findEmbedded(settings.dataDir);
  if (!running) return openDatabase(settings, log);
  const { url, dataDir } = running;
  return { url, place: dataDir, dataFolder: dataDir, close: async () => undefined };
}

async function embedded(dataDir: string, log: (line: string) => void): Promise<OpenDatabase> {
  const postgres = await startEmbedded({ dataDir, log });
  if (postgres.adopted) log("Took over the Postgres that an earlier start left running.");
  return {
    url: postgres.url,
    place: `${postgres.dataDir} (embedded Postgres)`,
    dataFolder: postgres.dataDir,
    close: () => postgres.stop(),
  };
}

function outside(url: string, dataFolder: string): OpenDatabase {
  const { hostname, port, pathname } = new URL(url);
  return {
    url,
    place: `Postgres at ${hostname || "a local socket"}${port && `:${port}`}, database ${pathname.slice(1) || "of the user's name"}`,
    dataFolder,
    close: async () => undefined,
  };
}

function unreachable(place: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const isConnection = /^E[A-Z]+$|^(08|28|3D|57P)/.test(code ?? "") || /timeout|SSL/i.test(message);
  if (!isConnection) return error;
  return new Error(
    `The ${place} cannot be used (${message || code}). Check DATABASE_URL: host, port, user, password, and that the database exists.`,
  );
}
