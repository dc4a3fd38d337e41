import { type Causes, isOpenAt, isSettledElsewhere } from "./causes";
import type { Classified } from "./kinds";
import type { FailureReason, StreamIncident } from "./types";

/** One ground on which a deployment failed. */
export interface Mark {
  reason: FailureReason;
  /** The incident it caused, where it failed by one. */
  incident: StreamIncident | null;
  /** The place of the deployment that shows it: its rollback, revert or hotfix. */
  shownBy: number | null;
}

export interface Judged extends Classified {
  /** Grounds of failure, the weightiest first. */
  marks: Mark[];
  /** The place of the rollback that took it out of effect. */
  withdrawnBy: number | null;
  /** That rollback was precautionary: no change did it. */
  precautionary: boolean;
}

const weights: readonly FailureReason[] = [
  "corrected",
  "confirmed",
  "declared_cause",
  "matched",
  "declared_failed",
  "rolled_back",
  "reverted",
  "hotfixed",
];
const dayMs = 24 * 60 * 60_000;

/** Stratum 2, for tier production: which completed deployments needed intervention, and which were withdrawn. */
export function judge(
  line: readonly Classified[],
  causes: Causes,
  incidents: readonly StreamIncident[],
  isOfStream: (deployment: string) => boolean,
): Judged[] {
  const judged = line.map(
    (deployment): Judged => ({
      ...deployment,
      marks: deployment.earlier ? [] : ownMarks(deployment, causes),
      withdrawnBy: null,
      precautionary: false,
    }),
  );
  for (const deployment of judged.filter(({ earlier }) => earlier === null)) {
    if (deployment.kind === "rollback") {
      markRolledBack(deployment, judged, incidents, isOfStream);
    }
    markReverted(deployment, judged, incidents);
    markHotfixed(deployment, judged);
  }
  return judged.map((deployment) => {
    if (deployment.earlier) return deployment;
    const standing = deployment.attempt.correctedFailed === false ? [] : deployment.marks;
    return {
      ...deployment,
      marks: countingMarks({ ...deployment, marks: standing }).sort(byWeight),
    };
  });
}

/** Elsewhere than in production failure is not judged. */
export function judgeNothing(line: readonly Classified[]): Judged[] {
  return line.map((deployment) => ({
    ...deployment,
    marks: [],
    withdrawnBy: null,
    precautionary: false,
  }));
}

/** Rollbacks and redeploys stand outside the fail rate: one that failed is counted apart. */
export function isCountedApart({ kind }: Pick<Classified, "kind">): boolean {
  return kind === "rollback" || kind === "redeploy";
}

export function hasFailed(deployment: Judged): boolean {
  return deployment.marks.length > 0 && !isCountedApart(deployment);
}

/** Of a remedy's grounds those that count: an incident opened after its finish, a verdict, a declaration. */
export function marksOfRemedy(remedy: Pick<Classified, "at">, marks: readonly Mark[]): Mark[] {
  return marks.filter(({ reason, incident }) => {
    if (reason === "matched") return incident !== null && incident.openedAt > remedy.at;
    return reason !== "rolled_back" && reason !== "reverted" && reason !== "hotfixed";
  });
}

function countingMarks(deployment: Judged): Mark[] {
  const { marks } = deployment;
  return isRemedy(deployment) ? marksOfRemedy(deployment, marks) : [...marks];
}

function ownMarks({ attempt }: Classified, causes: Causes): Mark[] {
  const marks: Mark[] = (causes.get(attempt.id) ?? []).map(({ incident, by }) => ({
    reason: by,
    incident,
    shownBy: null,
  }));
  if (attempt.correctedFailed === true) marks.push(mark("corrected", null));
  if (attempt.declaredFailed === true) marks.push(mark("declared_failed", null));
  return marks;
}

/** What is known as a remedy before any fix_forward is derived. */
function isRemedy(deployment: Classified): boolean {
  if (deployment.kind === "first" || deployment.kind === "deploy") return isHotfix(deployment);
  return true;
}

function isHotfix(deployment: Classified): boolean {
  return deployment.attempt.hotfix && !isCountedApart(deployment) && deployment.previous !== null;
}

/**
 * Of the revisions a rollback undoes, those whose own incident is open when it
 * starts failed; if none is, the latest; the rest are withdrawn.
 */
function markRolledBack(
  rollback: Judged,
  line: Judged[],
  incidents: readonly StreamIncident[],
  isOfStream: (deployment: string) => boolean,
): void {
  const undone = rollback.undoes.flatMap((place) => line[place] ?? []);
  for (const deployment of undone) deployment.withdrawnBy = rollback.place;
  const blameable = undone.filter((deployment) => !isRemedy(deployment));
  const hasOpenIncident = (deployment: Judged) =>
    countingMarks(deployment).some(
      ({ incident }) => incident !== null && isOpenAt(incident, rollback.beganAt),
    );
  if (undone.some(hasOpenIncident)) return;

  const open = incidents.filter((one) => one.ofStream && isOpenAt(one, rollback.beganAt));
  const precautionary = open.length > 0 && open.every((one) => isSettledElsewhere(one, isOfStream));
  if (precautionary) for (const deployment of undone) deployment.precautionary = true;
  else blameable.at(-1)?.marks.push(mark("rolled_back", rollback.place));
}

/** Reverted by a change authored within 24 h of its finish or while its incident was open. */
function markReverted(revert: Judged, line: Judged[], incidents: readonly StreamIncident[]): void {
  for (const { change, target } of revert.reverts) {
    const deployment = line[target.broughtBy.at(-1) ?? -1];
    const authoredAt = change.firstAuthoredAt;
    if (!deployment || authoredAt === null) continue;
    const soon = Math.abs(authoredAt - deployment.at) <= dayMs;
    const during = incidents.some(
      (incident) =>
        incident.ofStream &&
        incident.verdict !== "none" &&
        incident.firstSignAt >= deployment.beganAt &&
        !incident.rejected.includes(deployment.attempt.id) &&
        isOpenAt(incident, authoredAt),
    );
    if (soon || during) deployment.marks.push(mark("reverted", revert.place));
  }
}

/** A declared hotfix replaced it. */
function markHotfixed(hotfix: Judged, line: Judged[]): void {
  if (!isHotfix(hotfix)) return;
  line[hotfix.previous ?? -1]?.marks.push(mark("hotfixed", hotfix.place));
}

function mark(reason: FailureReason, shownBy: number | null): Mark {
  return { reason, incident: null, shownBy };
}

function byWeight(a: Mark, b: Mark): number {
  return (
    weights.indexOf(a.reason) - weights.indexOf(b.reason) ||
    (a.incident?.firstSignAt ?? 0) - (b.incident?.firstSignAt ?? 0) ||
    (a.shownBy ?? 0) - (b.shownBy ?? 0)
  );
}
