import { type MigrationResultSet, Migrator, sql } from "kysely";
import { createDatabase } from "@/db/client";
import { migrations } from "@/db/migrations/index";

const oldestServer = 150_000;

/**
 * Brings the database at `url` to this code's schema and answers the names of
 * the migrations it ran. All of them run in one transaction under an advisory
 * lock: a killed run leaves nothing behind, and two at once run one after the other.
 */
export async function migrateToLatest(url: string): Promise<string[]> {
  const { db, close } = createDatabase(url, {
    max: 1,
    statementTimeoutMs: 0,
    applicationName: "pushline-migrate",
  });
  try {
    await refuseOldServer(async () => {
      const answer = await sql<{ version: number; name: string }>`
        select current_setting('server_version_num')::int as version,
               current_setting('server_version') as name`.execute(db);
      return answer.rows[0];
    });
    const provider = { getMigrations: async () => migrations };
    return namesOf(await new Migrator({ db, provider }).migrateToLatest());
  } finally {
    await close();
  }
}

async function refuseOldServer(
  ask: () => Promise<{ version: number; name: string } | undefined>,
): Promise<void> {
  const server = await ask();
  if (server && server.version < oldestServer)
    throw new Error(`Pushline needs Postgres 15 or newer; DATABASE_URL leads to ${server.name}.`);
}

function namesOf({ error, results = [] }: MigrationResultSet): string[] {
  if (!error) return results.map((result) => result.migrationName);
  const message = error instanceof Error ? error.message : String(error);
  if (/corrupted migrations/.test(message))
    throw new Error(
      `This database was made by another version of Pushline (${message}). Start the newer version, or use another database.`,
    );
  const failed = results.find((result) => result.status === "Error")?.migrationName;
  throw new Error(`The migration ${failed ?? ""} failed: ${message}`, { cause: error });
}
