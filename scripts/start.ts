import "@/scripts/start/environment";

import { offerSetUp, setUpFile } from "@/lib/auth/set-up/offer-set-up";
import { startBackfills } from "@/lib/backfill/worker";
import { startServer } from "@/lib/http/server";
import { startAssessor } from "@/lib/matching/assessor";
import { startKeeper } from "@/lib/metrics/keeper";
import { startProjection } from "@/lib/projection/worker";
import { startCompactor } from "@/lib/series/compactor";
import { startSloKeeper } from "@/lib/slo/keeper";
import { startTelemetry } from "@/lib/telemetry/start";
import { announcement, localAddress, setUpInvitation, warnings } from "@/scripts/start/announce";
import { buildPages } from "@/scripts/start/build-pages";
import { openContext } from "@/scripts/start/open-context";
import { openDatabase } from "@/scripts/start/open-database";
import { openPages } from "@/scripts/start/open-pages";
import { portProblem, refuseTakenPort } from "@/scripts/start/port";
import { readSettings, SettingsError } from "@/scripts/start/settings";
import { closeOnSignals } from "@/scripts/start/shutdown";
import { readVaultKey } from "@/scripts/start/vault-key";

const log = (line: string) => console.log(line);
const shutdown = closeOnSignals(log);

start().catch(async (error: unknown) => {
  console.error(`\nPushline did not start.\n${explain(error)}`);
  await shutdown.fail(error instanceof SettingsError ? 2 : 1);
});

async function start(): Promise<void> {
  const started = performance.now();
  const root = process.cwd();
  const settings = readSettings(process.env, process.argv.slice(2));
  const { host, port } = settings;
  await refuseTakenPort(host, port);
  await buildPages(root, log);

  const database = await openDatabase(settings, log);
  shutdown.add("the database", 6_000, () => database.close());
  const { context, pools, close } = await openContext(
    database.url,
    {
      config: settings.config,
      site: { baseUrl: settings.baseUrl, withoutSignIn: settings.withoutSignIn },
      vaultKey: readVaultKey(settings.secretKey, database.dataFolder),
    },
    log,
  );
  shutdown.add("the database's connections", 1_000, close);

  const assessor = startAssessor(context, { onAssessed: () => projection.wake(), log });
  shutdown.add("the assessor", 2_000, assessor.close);
  const telemetry = await startTelemetry(process.env, log);
  shutdown.add("telemetry", 1_000, telemetry.close);
  const projection = startProjection(context, { log, onIncident: async () => assessor.wake() });
  shutdown.add("the projection", 2_000, projection.close);
  const keeper = startKeeper(context, log);
  shutdown.add("the metrics' keeper", 2_000, keeper.close);
  const compactor = startCompactor(context, log);
  shutdown.add("the compactor", 2_000, compactor.close);
  const backfills = startBackfills(context, log);
  shutdown.add("the backfills", 2_000, backfills.close);
  const sloKeeper = startSloKeeper(context, log);
  shutdown.add("the keeper of objectives", 2_000, sloKeeper.close);
  const pages = await openPages(root, host, port, log);
  shutdown.add("the pages", 500, pages.close);
  const base = settings.baseUrl ?? localAddress(host, port);
  // Before anybody can ask: an address of an earlier start no longer holds.
  const setUp = await offerSetUp(context, database.dataFolder, base);
  const server = await startServer({
    context,
    pools,
    host,
    port,
    trustedProxies: settings.trustedProxies,
    onDeliveries: projection.wake,
    telemetry,
    pages: pages.answer,
  }).catch((error: unknown) => {
    throw portProblem(error, host, port);
  });
  shutdown.add("the server", 4_500, () => server.close());
  const seconds = (performance.now() - started) / 1000;
  log(announcement(context.config, { base, dataPlace: database.place, seconds }));
  for (const warning of warnings(settings)) log(warning);
  if (setUp && !settings.withoutSignIn) log(setUpInvitation(setUp, setUpFile(database.dataFolder)));
}

/** What is wrong outside is a sentence; what is wrong in the code comes with its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const ours = [TypeError, ReferenceError, RangeError, SyntaxError];
  return ours.some((kind) => error instanceof kind)
    ? (error.stack ?? error.message)
    : error.message;
}
