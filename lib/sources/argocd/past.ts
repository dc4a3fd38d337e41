import { syncedRevisions } from "@/lib/sources/argocd/manifest";
import { count, list, type Payload, part } from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

/**
 * Why a sync deployed nothing; null where it did. Argo CD syncs by itself whenever the
 * cluster drifts: some resources only, or the revision and source that ran already.
 */
export function undeployed(status: Payload): string | null {
  const operationState = part(status.operationState);
  const operation = part(operationState.operation);
  const sync = part(operation.sync);
  if (sync.dryRun === true) return "a dry run changes nothing";
  if (part(operation.initiatedBy).automated !== true) return null;
  if (list(sync.resources).length > 0 || (count(sync.autoHealAttemptsCount) ?? 0) > 0)
    return "self-healing puts back what ran already";
  const before = earlier(status).at(-1);
  return before && syncedThere(before) === syncedNow(operationState)
    ? "an automatic sync of what ran already: self-healing or pruning"
    : null;
}

/** A person synced what ran here before something else did: Argo CD's own rollback does this. */
export function isRollback(status: Payload): boolean {
  const operationState = part(status.operationState);
  if (part(part(operationState.operation).initiatedBy).automated === true) return false;
  const history = earlier(status);
  const last = history.at(-1);
  const now = revisionsNow(operationState);
  if (!last || now === "" || syncedRevisions(last) === now) return false;
  return history.some((entry) => syncedRevisions(entry) === now);
}

/** What was deployed before this operation started, oldest first. */
function earlier(status: Payload): Payload[] {
  const startedAt = toTime(part(status.operationState).startedAt) ?? "";
  return list(status.history)
    .map(part)
    .flatMap((entry) => {
      const at = toTime(entry.deployedAt);
      return at && at < startedAt ? [{ at, entry }] : [];
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ entry }) => entry);
}

function revisionsNow(operationState: Payload): string {
  return (
    syncedRevisions(part(operationState.syncResult)) ||
    syncedRevisions(part(part(operationState.operation).sync))
  );
}

/** With the source, since a parameter may change while the revision stays. */
function syncedNow(operationState: Payload): string {
  const { source, sources } = part(operationState.syncResult);
  return JSON.stringify([revisionsNow(operationState), source ?? null, sources ?? null]);
}

function syncedThere(entry: Payload): string {
  return JSON.stringify([syncedRevisions(entry), entry.source ?? null, entry.sources ?? null]);
}
