import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import type { StreamInput, StreamRelease } from "@/lib/deployments/types";
import { attemptOf, readAttempts } from "@/lib/deployments/window/read-attempts";

/** The stream by name; '' where its signals name no service or no environment. */
export interface StreamName {
  service: string;
  environment: string;
}

/** What derivation takes of a stream's own, from a moment on; what it asks of others is read beside it. */
export type StoredStream = Omit<StreamInput, "graph" | "incidents" | "past">;

/**
 * The attempts and releases of a stream that stand at `from` or later, null for all
 * of them, from the tables as they are now. Null where nothing was deployed since.
 */
export async function readStream(
  db: Kysely<Database>,
  config: Config,
  { service, environment }: StreamName,
  from: Date | null,
): Promise<StoredStream | null> {
  const since = from ?? new Date(0);
  const attempts = await readAttempts(
    db,
    { service, environment },
    sql<boolean>`(${from === null} or d.at >= ${since})`,
  );
  const [first] = attempts;
  if (!first) return null;
  return {
    service,
    environment,
    tier: first.tier,
    deployments: attempts.map(attemptOf),
    releases: await readReleases(db, { service, environment }, from),
    matchThreshold: config.matching.threshold,
  };
}

async function readReleases(
  db: Kysely<Database>,
  stream: StreamName,
  from: Date | null,
): Promise<StreamRelease[]> {
  const rows = await db
    .selectFrom("releases")
    .select(["id", "subject", "flag", "enabled", "percent", "at"])
    .where("service", "=", stream.service)
    .where(sql<boolean>`environment in (${stream.environment}, '')`)
    .where(sql<boolean>`(${from === null} or at >= ${from ?? new Date(0)})`)
    .orderBy("at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}
