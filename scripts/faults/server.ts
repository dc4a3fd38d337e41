import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offerSetUp } from "@/lib/auth/set-up/offer-set-up";
import { defaultConfig, toToken } from "@/lib/config";
import { readProxies } from "@/lib/http/client-address";
import { startServer } from "@/lib/http/server";
import { answerApi } from "@/lib/http/testing/answer-api";
import { startProjection } from "@/lib/projection/worker";
import { startTelemetry } from "@/lib/telemetry/start";
import { adminToken, loudRate, sources } from "@/scripts/faults/credentials";
import { openContext } from "@/scripts/start/open-context";

// The server as `npm start` has it, with the API's routes and without pages; it tells its
// port, the set-up address and, while it is watched, the most memory that it took.
const [url = ""] = process.argv.slice(2);
const source = { provider: "github", auth: "signature" as const, username: null, header: null };
const config = {
  ...defaultConfig,
  sources: sources.map(({ name, secret }) => ({ ...source, name, secrets: [secret] })),
  tokens: [
    toToken({ name: "admin", token: adminToken, scopes: ["ingest", "read", "write", "admin"] }),
  ],
  limits: { ...defaultConfig.limits, deliveriesPerSecond: loudRate, deliveriesBurst: 600 },
};
const { context, pools } = await openContext(
  url,
  {
    config,
    site: { baseUrl: null, withoutSignIn: false },
    vaultKey: Buffer.alloc(32, 1),
  },
  console.error,
);
const telemetry = await startTelemetry({}, console.error);
const projection = startProjection(context, { log: () => undefined });
const server = await startServer({
  context,
  pools,
  host: "127.0.0.1",
  port: 0,
  onDeliveries: projection.wake,
  telemetry,
  pages: answerApi(context),
  // So that a row can come from where it likes: loopback is not counted as one address.
  trustedProxies: readProxies("127.0.0.1").list,
});
const folder = mkdtempSync(join(tmpdir(), "pushline-faults-"));
const setUp = await offerSetUp(context, folder, `http://127.0.0.1:${server.port}`);
rmSync(folder, { recursive: true, force: true });

let most = 0;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 5);
watch.unref();
process.on("message", (message) => {
  if (message === "watch") {
    most = process.memoryUsage.rss();
    process.send?.({ from: most });
  } else if (message === "most")
    process.send?.({ most: Math.max(most, process.memoryUsage.rss()) });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port: server.port, setUp });
