import { randomBytes } from "node:crypto";
import { defaultConfig } from "@/lib/config";
import { startServer } from "@/lib/http/server";
import { startProjection } from "@/lib/projection/worker";
import { startTelemetry } from "@/lib/telemetry/start";
import { benchSecret } from "@/scripts/bench/ingest/payloads";
import { openContext } from "@/scripts/start/open-context";

// The server as `npm start` has it, without pages; with or without the projection behind the door.
const [url = "", projects] = process.argv.slice(2);
const source = {
  name: "github",
  provider: "github",
  auth: "signature" as const,
  secrets: [benchSecret],
  username: null,
  header: null,
};
const telemetry = await startTelemetry({}, console.error);
// What the door can do is measured, not what one source may.
const limits = { ...defaultConfig.limits, deliveriesPerSecond: 1e9, deliveriesBurst: 1e9 };
const config = { ...defaultConfig, sources: [source], limits };
const { context, pools } = await openContext(
  url,
  { config, site: { baseUrl: null, withoutSignIn: false }, vaultKey: randomBytes(32) },
  console.error,
);
const projection = projects === "projecting" ? startProjection(context) : null;
const server = await startServer({
  context,
  pools,
  host: "127.0.0.1",
  port: 0,
  onDeliveries: () => projection?.wake(),
  telemetry,
  pages: null,
});
process.send?.(server.port);
