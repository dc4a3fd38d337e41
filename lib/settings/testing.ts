import type { Config, ConfigSource } from "@/lib/config";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";
import { answerApi } from "@/lib/http/testing/answer-api";

export interface Told {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer has.
  body: any;
}

export interface SettingsServer extends TestServer {
  /** As the token of everything, unless `headers` say who else. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Told>;
  /** Another server over the same database, which hears of changes by LISTEN alone. */
  another(): Promise<TestServer>;
}

/** The token of everything, on making what must not be there yet. */
export const onlyNew = { ...bearer("pipeline"), "if-none-match": "*" };

/** A real server with the API behind it, over a database of its own. */
export async function settingsServer(
  options: { sources?: ConfigSource[]; file?: Partial<Config>; onDeliveries?: () => void } = {},
): Promise<SettingsServer> {
  const server: TestServer = await testServer({
    ...options,
    pages: (request, response) => answerApi(server.context)(request, response),
  });
  const others: TestServer[] = [];
  return {
    ...server,
    async ask(method, path, body, headers = bearer("pipeline")) {
      const response = await fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: { origin: server.url, "sec-fetch-site": "same-origin", ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    async another() {
      const other = await testServer({ ...options, database: server.database });
      others.push(other);
      return other;
    },
    async close() {
      for (const other of others) await other.close();
      await server.close();
    },
  };
}
