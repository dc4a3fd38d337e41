import type { Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import { streamsUpon } from "@/lib/facts/affected-streams";
import { raiseHeights } from "@/lib/facts/heights";
import { type DirtyStream, markDirty } from "@/lib/facts/mark-dirty";
import { saveAlerts } from "@/lib/facts/save-alerts";
import { saveBuilds } from "@/lib/facts/save-builds";
import { saveCommits } from "@/lib/facts/save-commits";
import { saveCorrections } from "@/lib/facts/save-corrections";
import { saveDeclaredIncidents, streamsBlaming } from "@/lib/facts/save-declared-incidents";
import { saveDeployments } from "@/lib/facts/save-deployments";
import type { Placed } from "@/lib/facts/save-placed";
import { savePullRequests } from "@/lib/facts/save-pull-requests";
import { savePushes } from "@/lib/facts/save-pushes";
import { saveReleases } from "@/lib/facts/save-releases";
import { saveSeparations } from "@/lib/facts/save-separations";
import { saveTestRuns } from "@/lib/facts/save-test-runs";
import { saveVerdicts } from "@/lib/facts/save-verdicts";
import type { MergedFacts } from "@/lib/facts/statements";
import { announce, type LivePayload } from "@/lib/live/announce";
import { markCells } from "@/lib/metrics/mark-cells";
import { markDeploymentSlos } from "@/lib/slo/mark-slo-cells";

/**
 * Brings every table up to date with these merged facts, and marks what hangs
 * on them: the streams to derive anew and the metric cells to count anew. Writes
 * nothing for what is already so, and tells browsers of the rest.
 */
export async function saveFacts(
  trx: Transaction<Database>,
  config: Config,
  facts: MergedFacts,
): Promise<void> {
  const saved = await saveFactRows(trx, config, facts);
  const { revisions, builds, testRuns, alerts, incidents, deployments, releases } = saved;
  const changes = [...deployments.places, ...releases];
  await raiseHeights(trx, revisions);
  await markDirty(trx, [
    ...(await streamsUpon(trx, revisions)),
    ...(await streamsBlaming(trx, [...deployments.keys, ...releases.map(({ key }) => key)])),
    ...[...changes, ...alerts.places].map(streamOf),
    ...alerts.owners,
    ...deployments.rollouts,
    ...incidents,
    ...saved.judged,
  ]);
  await markCells(trx, changes);
  await markDeploymentSlos(trx, deployments.places);
  await announce(
    trx,
    "change",
    payloads(revisions.map(({ revision: id, repository }) => ({ id, repository }))),
  );
  await announce(trx, "build", payloads(changedOf(facts.build, builds)));
  await announce(trx, "test_run", payloads(changedOf(facts.test_run, testRuns)));
  await announce(trx, "deployment", payloads(deployments.places));
  await announce(trx, "release", payloads(releases));
  await announce(trx, "alert", payloads(alerts.places));
}

/** The tables alone, for who derives, counts and tells everything anyway; answers what changed. */
export async function saveFactRows(trx: Transaction<Database>, config: Config, facts: MergedFacts) {
  const revisions = [
    ...(await saveCommits(trx, facts.commit ?? [])),
    ...(await savePushes(trx, facts.push ?? [])),
    ...(await savePullRequests(trx, facts.pull_request ?? [])),
  ];
  const builds = await saveBuilds(trx, facts.build ?? []);
  const testRuns = await saveTestRuns(trx, facts.test_run ?? []);
  const separations = await saveSeparations(trx, facts.separation ?? []);
  return {
    revisions,
    builds,
    testRuns,
    // Alerts before deployments, as derivation locks them: neither waits for the other in a circle.
    alerts: await saveAlerts(trx, config, facts.alert ?? []),
    incidents: await saveDeclaredIncidents(trx, config, facts.incident ?? []),
    deployments: await saveDeployments(trx, config, facts.deployment ?? [], separations.reports),
    releases: await saveReleases(trx, config, facts.release ?? []),
    /** The streams that people's words concern. */
    judged: [
      ...(await saveVerdicts(trx, facts.verdict ?? [])),
      ...(await saveCorrections(trx, facts.correction ?? [])),
      ...separations.streams,
    ],
  };
}

function streamOf(place: Placed): DirtyStream {
  return { service: place.service, environment: place.environment, from: place.at };
}

function changedOf(
  facts: MergedFacts["build"] | MergedFacts["test_run"],
  ids: ReadonlySet<string>,
): Changed[] {
  return (facts ?? [])
    .filter(({ id }) => ids.has(id))
    .map(({ id, fact }) => ({ id, repository: fact?.members.repository }));
}

interface Changed {
  id: string;
  service?: string | null;
  environment?: string | null;
  repository?: string | null;
}

/** Each once, with the last place that it took; the same revision in each of its repositories. */
function payloads(changed: readonly Changed[]): LivePayload[] {
  const told = new Map<string, LivePayload>();
  for (const { id, service, environment, repository } of changed)
    told.set(`${repository ?? ""} ${id}`, {
      id,
      ...(service && { service }),
      ...(environment && { environment }),
      ...(repository && !service && { repository }),
    });
  return [...told.values()];
}
