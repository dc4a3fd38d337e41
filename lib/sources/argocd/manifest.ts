import { isFullRevision } from "@/lib/sources/git-ref";
import {
  identifier,
  isPayload,
  list,
  name,
  type Payload,
  part,
  revision,
} from "@/lib/sources/payload";
import { repositoryAt } from "@/lib/sources/repository-address";

/** What was synced: a revision of the manifests' repository, never of the service's. */
interface Manifest {
  repository: string | null;
  revision: string | null;
  /** Of the Helm chart, whose revision is its version. */
  chartVersion: string | null;
}

/**
 * Several sources have a revision each; the first that is a commit counts, and a
 * revision that is none is a chart's version.
 */
export function manifestOf(operationState: Payload, spec: Payload): Manifest {
  const parts = syncedParts(operationState, spec);
  const commit = parts.find(({ revision }) => isFullRevision(revision));
  const chart = parts.find(({ revision }) => revision !== null && !isFullRevision(revision));
  return {
    repository: commit ? repositoryAt(commit.address) : null,
    revision: commit?.revision ?? null,
    chartVersion: name(chart?.revision),
  };
}

/** Every revision that was synced, as one text: equal for equal syncs. */
export function syncedRevisions(synced: Payload): string {
  const several = list(synced.revisions).flatMap((each) => identifier(each) ?? []);
  return several.length > 0 ? several.join(" ") : (identifier(synced.revision) ?? "");
}

function syncedParts(operationState: Payload, spec: Payload) {
  const asked = part(part(operationState.operation).sync);
  const result = part(operationState.syncResult);
  const revisions = [result.revisions, asked.revisions].map(list).find(({ length }) => length > 0);
  if (revisions) {
    const sources = [result.sources, asked.sources, spec.sources]
      .map(list)
      .find(({ length }) => length > 0);
    return revisions.map((each, index) => ({
      revision: revision(each),
      address: part(sources?.[index]).repoURL,
    }));
  }
  const source = [result.source, asked.source, spec.source].find(isPayload);
  return [
    { revision: revision(result.revision) ?? revision(asked.revision), address: source?.repoURL },
  ];
}
