import { nameOf } from "./code";
import { isCountedApart, type Mark } from "./failure";
import type { Answered } from "./remedies";

/** In words: why this kind, why failed or withdrawn, and what is not known. */
export function explain(
  deployment: Answered,
  line: readonly { attempt: Answered["attempt"] }[],
): string[] {
  const name = (place: number | null) => nameAt(line, place);
  const sayings = [
    kindSaying(deployment, name),
    overruled(deployment),
    unknownChanges(deployment, name),
    ...deployment.marks.map((mark) => failureSaying(deployment, mark, name)),
    withdrawnSaying(deployment, name),
    notFailed(deployment),
  ];
  return sayings.filter((saying) => saying !== null);
}

type Name = (place: number | null) => string;

function kindSaying(deployment: Answered, name: Name): string {
  const own = nameOf(deployment.attempt);
  const { derivedKind, grounds, changeSet } = deployment;
  return `${derivedKind}: ${fixSaying(deployment) ?? becauseOf()}`;

  function becauseOf(): string {
    switch (grounds.because) {
      case "first":
        return "nothing ran here before";
      case "same_revision":
        return `${own} was already running`;
      case "nothing_for_service":
        return `nothing between ${name(deployment.previous)} and ${own} concerns this service`;
      case "ancestor":
        return `${own} ${ranHere(grounds.ranUntil)} and is ${older(grounds.changesOlder)} older than ${name(deployment.previous)}`;
      case "ran_before":
        return `${own} ${ranHere(grounds.ranUntil)}, first before ${name(deployment.previous)} did; how the two are related is unknown`;
      case "undoes_changes":
        return `undoes ${deployment.reverts.map(({ target }) => said(target.revision, target.title)).join(", ")}`;
      case "ran_and_was_undone":
        return `${own} runs again${grounds.ranUntil === null ? "" : `; it ran here until ${clock(grounds.ranUntil)}`}`;
      case "new":
        return changeSet?.known
          ? `brings ${count(changeSet.changes.length, "change")}`
          : `${own} is new here`;
    }
  }
}

function fixSaying({ fix }: Answered): string | null {
  if (fix === null) return null;
  if (fix.because === "declared_hotfix") return "declared a hotfix";
  const { change, failure } = fix;
  const brings = `brings ${said(change.revision, change.message)}`;
  const during = `started while the failure of ${nameOf(failure.deployment.attempt)} was open and ${brings}`;
  return fix.because === "names_incident"
    ? `${during}, which names the incident “${fix.incident.title}”`
    : `${during}, first authored after the failure's first sign`;
}

function overruled({ attempt, kind, derivedKind }: Answered): string | null {
  if (attempt.correctedKind !== null) {
    return `${kind}: a person's correction${attempt.correctionNote ? ` (${attempt.correctionNote})` : ""}`;
  }
  if (attempt.declaredKind === null || kind === derivedKind) return null;
  return `${kind}: declared by its sender, which outranks ${derivedKind}`;
}

function unknownChanges({ changeSet, attempt, previous }: Answered, name: Name): string | null {
  if (changeSet === null || changeSet.known) return null;
  return `changes unknown: the history between ${name(previous)} and ${nameOf(attempt)} has not been told`;
}

function failureSaying(deployment: Answered, mark: Mark, name: Name): string {
  const what = isCountedApart(deployment) ? "failed remedy" : "failed";
  const incident = mark.incident ? `“${mark.incident.title}”` : "an incident";
  const by = name(mark.shownBy);
  switch (mark.reason) {
    case "corrected":
      return `${what}: a person said so`;
    case "confirmed":
      return `${what}: confirmed as the cause of ${incident}`;
    case "declared_cause":
      return `${what}: declared as the cause of ${incident}`;
    case "matched":
      return `${what}: matched as the cause of ${incident}`;
    case "declared_failed":
      return `${what}: declared by its sender`;
    case "rolled_back":
      return `${what}: rolled back to ${by}`;
    case "reverted":
      return `${what}: a change of it was reverted by ${by}`;
    case "hotfixed":
      return `${what}: replaced by the declared hotfix ${by}`;
  }
}

function withdrawnSaying(deployment: Answered, name: Name): string | null {
  if (!isWithdrawn(deployment)) return null;
  const back = `withdrawn: taken back by the rollback to ${name(deployment.withdrawnBy)}`;
  return deployment.precautionary
    ? `${back}, which was precautionary: no change of this stream did it`
    : back;
}

/** Taken out of effect by a rollback without having failed itself. */
export function isWithdrawn({ withdrawnBy, marks }: Answered): boolean {
  return withdrawnBy !== null && marks.length === 0;
}

function notFailed({ attempt }: Answered): string | null {
  if (attempt.correctedFailed !== false) return null;
  return `not failed: a person's correction${attempt.correctionNote ? ` (${attempt.correctionNote})` : ""}`;
}

function ranHere(until: number | null): string {
  return until === null ? "never ran here" : `ran here until ${clock(until)}`;
}

function older(changes: number | null): string {
  return changes === null ? "an unknown number of changes" : count(changes, "change");
}

function count(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`;
}

function said(revision: string, message: string | null): string {
  const title = message?.split("\n", 1)[0];
  return title ? `${revision.slice(0, 7)} “${title}”` : revision.slice(0, 7);
}

function nameAt(line: readonly { attempt: Answered["attempt"] }[], place: number | null): string {
  const deployment = place === null ? undefined : line[place];
  return deployment ? nameOf(deployment.attempt) : "another deployment";
}

/** Minutes are enough for words; the exact times stand beside them. */
function clock(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
