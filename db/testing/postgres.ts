import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canReach, operatingUser } from "@/db/embedded/operating-user";
import { findPlace } from "@/db/embedded/place";
import { findPostmaster, stopPostmaster } from "@/db/embedded/postmaster";
import { isAlive } from "@/db/embedded/processes";
import { startEmbedded } from "@/db/embedded/start";

const prefix = "pushline-test-";

/** A Postgres in a temporary folder without fsync; `stop` leaves nothing of it behind. */
export async function startTemporaryPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  await removeLeftovers();
  const dataDir = mkdtempSync(join(temporaryFolder(), `${prefix}${process.pid}-`));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const embedded = await startEmbedded({ dataDir, log: () => undefined, unsafeFast: true });
    return {
      url: embedded.url,
      async stop() {
        await embedded.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What killed runs left: their Postgres is stopped and their folder goes. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(temporaryFolder())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    if (!pid || isAlive(pid)) continue;
    const folder = join(temporaryFolder(), name);
    const place = findPlace(folder);
    const postmaster = place && findPostmaster(place);
    if (postmaster) await stopPostmaster(postmaster);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As root, a folder that Postgres's user can enter too. */
function temporaryFolder(): string {
  const user = operatingUser();
  return user && !canReach(tmpdir(), user) ? "/tmp" : tmpdir();
}
