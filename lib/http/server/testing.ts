import type { RequestListener } from "node:http";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { type Config, type ConfigSource, toToken } from "@/lib/config";
import type { Context, Site } from "@/lib/context";
import { type ServerOptions, startServer } from "@/lib/http/server";
import { answerApi } from "@/lib/http/testing/answer-api";
import { testContext } from "@/lib/testing/context";

export interface TestServer {
  url: string;
  context: Context;
  database: TestDatabase;
  close(): Promise<void>;
}

const testTokens: Parameters<typeof toToken>[0][] = [
  { name: "pipeline", token: "all-scopes-token", scopes: ["ingest", "read", "write", "admin"] },
  { name: "reader", token: "read-only-token", scopes: ["read"] },
  { name: "sender", token: "ingest-only-token", scopes: ["ingest"] },
];

export const bearer = (name: "pipeline" | "reader" | "sender") => ({
  authorization: `Bearer ${testTokens.find((token) => token.name === name)?.token}`,
});

/** A source as pushline.yaml would give it. */
export function testSource(
  source: Pick<ConfigSource, "name"> & Partial<ConfigSource>,
): ConfigSource {
  return {
    provider: "github",
    auth: "signature",
    secrets: ["current-secret"],
    username: null,
    header: null,
    ...source,
  };
}

/** A listening server over a database of its own. */
export async function testServer(
  options: {
    sources?: ConfigSource[];
    /** "api" answers the routes of the API, as Next does. */
    pages?: RequestListener | "api" | null;
    database?: TestDatabase;
    /** Where the door stores, when not in the database itself. */
    ingestDb?: Context["ingestDb"];
    onDeliveries?: () => void;
    telemetry?: ServerOptions["telemetry"];
    trustedProxies?: ServerOptions["trustedProxies"];
    /** What else pushline.yaml says. */
    file?: Partial<Config>;
    site?: Partial<Site>;
  } = {},
): Promise<TestServer> {
  const database = options.database ?? (await testDatabase());
  const context = await testContext(
    database,
    { sources: options.sources ?? [], tokens: testTokens.map(toToken), ...options.file },
    {
      ingestDb: options.ingestDb ?? database.db,
      site: { baseUrl: null, withoutSignIn: false, ...options.site },
    },
  );
  const pages = options.pages === "api" ? answerApi(context) : (options.pages ?? null);
  const server = await startServer({
    context,
    host: "127.0.0.1",
    port: 0,
    pools: { main: database.pool, ingest: database.pool },
    onDeliveries: options.onDeliveries ?? (() => undefined),
    telemetry: options.telemetry ?? { collect: async () => [] },
    trustedProxies: options.trustedProxies,
    pages,
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    context,
    database,
    async close() {
      await server.close();
      if (!options.database) await database.close();
    },
  };
}
