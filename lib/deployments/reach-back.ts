import type { Causes } from "./causes";
import type { Judged } from "./failure";
import { bringsFixFor } from "./fix-forward";
import type { Asked } from "./past";
import type { Answered } from "./remedies";

/** Notes from when on the incidents must be known, for the reverts of what shipped before the window. */
export function askForIncidents(line: readonly Judged[], asked: Asked): void {
  for (const { reverts } of line)
    for (const { change, target } of reverts) {
      const deployment = line[target.broughtBy.at(-1) ?? -1];
      if (!deployment?.earlier || change.firstAuthoredAt === null) continue;
      asked.incidentsFrom = Math.min(asked.incidentsFrom, change.firstAuthoredAt);
    }
}

/**
 * The deployments before the window about which it has something to say, so that
 * they belong into it: what it rolled back, reverted or replaced, and failures that
 * it may have answered late. May name one too many, never one too few.
 */
export function reachedBack(line: readonly Answered[], causes: Causes): Answered[] {
  const window = line.filter(({ earlier }) => earlier === null);
  return line.filter((deployment) => {
    if (!deployment.earlier) return false;
    const { marks, withdrawnBy, precautionary, place } = deployment;
    if (marks.length > 0 || withdrawnBy !== null || precautionary) return true;
    if (!deployment.earlier.awaiting) return false;
    const incidents = (causes.get(deployment.attempt.id) ?? []).map(({ incident }) => incident);
    return window.some(
      (later) =>
        later.reverts.some(({ target }) => target.broughtBy.includes(place)) ||
        incidents.some(
          (incident) =>
            bringsFixFor(later, incident) || later.failure?.incidents.includes(incident),
        ),
    );
  });
}
