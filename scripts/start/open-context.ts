import type { Kysely } from "kysely";
import type { Pool } from "pg";
import { createDatabase } from "@/db/client";
import type { Database } from "@/db/schema";
import { systemActor } from "@/lib/auth/actor";
import { systemClock } from "@/lib/clock";
import type { Config } from "@/lib/config";
import type { Context, Site } from "@/lib/context";
import { openLiveConfig } from "@/lib/settings/live-config";
import { openVault, type Vault } from "@/lib/vault";
import { SettingsError } from "@/scripts/start/settings";

export interface OpenContext {
  context: Context;
  pools: { main: Pool; ingest: Pool };
  close(): Promise<void>;
}

/** The one Context of a process: two pools, so that slow pages never starve the door. */
export async function openContext(
  url: string,
  { config, site, vaultKey }: { config: Config; site: Site; vaultKey: Buffer },
  log: (line: string) => void,
): Promise<OpenContext> {
  const onError = (error: Error) => log(`A database connection broke: ${error.message}`);
  const main = createDatabase(url, {
    max: 16,
    statementTimeoutMs: 30_000,
    applicationName: "pushline",
    onError,
  });
  const ingest = createDatabase(url, {
    max: 6,
    // With the driver's grace a silent database is an error within 10 s.
    statementTimeoutMs: 6_000,
    applicationName: "pushline-ingest",
    onError,
  });
  const close = async () => {
    await Promise.all([main.close(), ingest.close()]);
  };
  try {
    const vault = openVault(vaultKey);
    await refuseOtherKey(main.db, vault);
    const live = await openLiveConfig(main.db, config, vault);
    const context: Context = {
      db: main.db,
      ingestDb: ingest.db,
      get config() {
        return live.current;
      },
      settingsChanged: live.reload,
      clock: systemClock,
      actor: systemActor,
      address: null,
      vault,
      site,
    };
    return { context, pools: { main: main.pool, ingest: ingest.pool }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The first start leaves its key's fingerprint; another key could open nothing of what is sealed. */
async function refuseOtherKey(db: Kysely<Database>, { fingerprint }: Vault): Promise<void> {
  const name = "vault_key";
  await db
    .insertInto("instance_settings")
    .values({ name, value: fingerprint })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const { value } = await db
    .selectFrom("instance_settings")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  if (value === fingerprint) return;
  throw new SettingsError(
    "The secrets in this database were sealed under another key. Put back secret.key into the data folder, or set PUSHLINE_SECRET_KEY to what it was.",
  );
}
