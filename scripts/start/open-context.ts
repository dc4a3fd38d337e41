import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { Pool } from "pg";
import { createDatabase } from "@/db/client";
import type { Database } from "@/db/schema";
import { systemClock } from "@/lib/clock";
import type { Config } from "@/lib/config";
import { type Context, systemActor } from "@/lib/context";

export interface OpenContext {
  context: Context;
  pools: { main: Pool; ingest: Pool };
  close(): Promise<void>;
}

/** The one Context of a process: two pools, so that slow pages never starve the door. */
export async function openContext(
  url: string,
  config: Config,
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
    const pageKey = await readPageKey(main.db);
    const context: Context = {
      db: main.db,
      ingestDb: ingest.db,
      config,
      clock: systemClock,
      actor: systemActor,
      pageKey,
    };
    return { context, pools: { main: main.pool, ingest: ingest.pool }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Made once per database, so that pages stay signed in through restarts and replicas agree. */
async function readPageKey(db: Kysely<Database>): Promise<Uint8Array> {
  await db
    .insertInto("instance_settings")
    .values({ name: "page_key", value: randomBytes(32).toString("base64url") })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const row = await db
    .selectFrom("instance_settings")
    .select("value")
    .where("name", "=", "page_key")
    .executeTakeFirstOrThrow();
  return Buffer.from(row.value, "base64url");
}
