import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { testDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { startServer } from "@/lib/http/server";
import { startAssessor } from "@/lib/matching/assessor";
import { startProjection } from "@/lib/projection/worker";
import { startTelemetry } from "@/lib/telemetry/start";
import { openContext } from "@/scripts/start/open-context";
import { readSettings } from "@/scripts/start/settings";
import { documented } from "@/scripts/test/end-to-end/documented";

/** The variables that the documents tell to set, and a token. */
export const secrets = {
  ALERTS_TOKEN: "end-to-end-alerts",
  GITHUB_WEBHOOK_SECRET: "end-to-end-github",
  PUSHLINE_TOKEN: "end-to-end-pipeline",
};

export interface Pushline {
  url: string;
  context: Context;
  /** What it complained of. */
  said: string[];
  close(): Promise<void>;
}

/** Pushline as `npm start` has it, without pages, with the sources that the documents tell to name. */
export async function startPushline(folder: string): Promise<Pushline> {
  const file = join(folder, "pushline.yaml");
  writeFileSync(file, configuration());
  const { config } = readSettings({ ...process.env, ...secrets, PUSHLINE_CONFIG: file });
  const said: string[] = [];
  const log = (line: string) => said.push(line);

  const database = await testDatabase();
  const { context, pools, close } = await openContext(
    database.url,
    { config, site: { baseUrl: null, withoutSignIn: false }, vaultKey: randomBytes(32) },
    log,
  );
  const assessor = startAssessor(context, { onAssessed: () => projection.wake(), log });
  const projection = startProjection(context, { log, onIncident: async () => assessor.wake() });
  const telemetry = await startTelemetry({}, log);
  const server = await startServer({
    context,
    pools,
    host: "127.0.0.1",
    port: 0,
    onDeliveries: projection.wake,
    telemetry,
    pages: null,
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    context,
    said,
    async close() {
      await server.close();
      await projection.close();
      await assessor.close();
      await telemetry.close();
      await close();
      await database.close();
    },
  };
}

function configuration(): string {
  const sources = ["github", "alertmanager"].flatMap(
    (page) => documented(page, "pushline.yaml").toJS().sources as unknown[],
  );
  const token = { name: "pipeline", token: secrets.PUSHLINE_TOKEN, scopes: ["ingest", "read"] };
  return stringify({ sources, tokens: [token] });
}
