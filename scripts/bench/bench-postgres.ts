import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "@/db/embedded/start";
import { migrateToLatest } from "@/db/migrate";

/** A migrated Postgres as Pushline starts it, fsync and all, in a folder that goes with it, or that is to be kept. */
export async function withPostgres(
  work: (url: string) => Promise<void>,
  kept?: string,
): Promise<void> {
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), "pushline-bench-"));
  if (kept) mkdirSync(kept, { recursive: true });
  const postgres = await startEmbedded({ dataDir, log: () => undefined });
  const stop = async () => {
    await postgres.stop();
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  };
  const interrupt = () => void stop().finally(() => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupt);
  try {
    await migrateToLatest(postgres.url);
    await work(postgres.url);
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, interrupt);
    await stop();
  }
}
