import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Database } from "@/db/schema";

export interface DatabaseConnection {
  db: Kysely<Database>;
  /** For LISTEN, COPY and whatever else needs a connection of its own. */
  pool: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections at most. */
  max: number;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** A statement that takes longer is ended by Postgres; 0 for none. */
  statementTimeoutMs: number;
  /** What an idle connection's trouble is told to; the pool replaces it by itself. */
  onError?: (error: Error) => void;
}

const connectTimeoutMilliseconds = 5_000;
/** Longer than the server's own limit: it only ends what hangs because the network does. */
const networkGraceMilliseconds = 3_000;

/** A pool of connections and Kysely over it. Nothing connects before the first query. */
export function createDatabase(url: string, options: DatabaseOptions): DatabaseConnection {
  const limit = options.statementTimeoutMs;
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: connectTimeoutMilliseconds,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    types: { getTypeParser },
    ...(limit > 0
      ? {
          statement_timeout: limit,
          lock_timeout: limit,
          idle_in_transaction_session_timeout: limit * 2,
          query_timeout: limit + networkGraceMilliseconds,
        }
      : {}),
  });
  // A connection that breaks without a listener ends the process: the pool listens
  // to idle ones only, so each gets its own, for while it is lent to a query.
  let closing = false;
  const onError = (error: Error) => {
    if (!closing) options.onError?.(error);
  };
  pool.on("connect", (client) => client.on("error", onError));
  pool.on("error", () => undefined);
  pool.on("release", (_error, client) => dropWhileBusy(client));

  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  const close = () => {
    closing = true;
    return db.destroy();
  };
  return { db, pool, close };
}

/** A connection given back after a read timeout still waits for its answer: the next user must not. */
function dropWhileBusy(client: pg.PoolClient): void {
  const { _activeQuery } = client as unknown as { _activeQuery: unknown };
  if (_activeQuery) void client.end();
}

const int8 = 20;
const int8Array = 1016;
const date = 1082;

/** BIGINT as a number, refused where a number cannot hold it; DATE as it is written; else pg's own. */
const getTypeParser: typeof pg.types.getTypeParser = (type: number, format?: "text" | "binary") => {
  if (format !== "binary") {
    if (type === int8) return parseInteger;
    if (type === int8Array) return parseIntegers;
    if (type === date) return keepText;
  }
  return pg.types.getTypeParser(type, format as "text");
};

function parseInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`${text} is beyond what a number holds exactly`);
  return number;
}

/** `{1,NULL,3}`, as Postgres writes an array of integers. */
function parseIntegers(text: string): (number | null)[] {
  if (text === "{}") return [];
  const items = text.slice(1, -1).split(",");
  return items.map((item) => (item === "NULL" ? null : parseInteger(item)));
}

function keepText(text: string): string {
  return text;
}
