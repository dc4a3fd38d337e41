import type { Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import { streamsUpon } from "@/lib/facts/affected-streams";
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
import { saveTestRuns } from "@/lib/facts/save-test-runs";
import { saveVerdicts } from "@/lib/facts/save-verdicts";
import type { MergedFacts } from "@/lib/facts/statements";
import { markCells } from "@/lib/metrics/mark-cells";

/**
 * Brings every table up to date with these merged facts, and marks what hangs
 * on them: the streams to derive anew and the metric cells to count anew. Writes
 * nothing for what is already so.
 */
export async function saveFacts(
  trx: Transaction<Database>,
  config: Config,
  facts: MergedFacts,
): Promise<void> {
  const revisions = [
    ...(await saveCommits(trx, facts.commit ?? [])),
    ...(await savePushes(trx, facts.push ?? [])),
    ...(await savePullRequests(trx, facts.pull_request ?? [])),
  ];
  await saveBuilds(trx, facts.build ?? []);
  await saveTestRuns(trx, facts.test_run ?? []);
  const deployments = await saveDeployments(trx, config, facts.deployment ?? []);
  const releases = await saveReleases(trx, config, facts.release ?? []);
  const changes = [...deployments, ...releases];
  const dirty = [
    ...(await streamsUpon(trx, revisions)),
    ...changes.map(streamOf),
    ...(await streamsBlaming(
      trx,
      changes.map((change) => change.key),
    )),
    ...(await saveAlerts(trx, config, facts.alert ?? [])),
    ...(await saveDeclaredIncidents(trx, config, facts.incident ?? [])),
    ...(await saveVerdicts(trx, facts.verdict ?? [])),
    ...(await saveCorrections(trx, facts.correction ?? [])),
  ];
  await markDirty(trx, dirty);
  await markCells(trx, changes);
}

function streamOf(place: Placed): DirtyStream {
  return { service: place.service, environment: place.environment, from: place.at };
}
