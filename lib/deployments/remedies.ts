import type { DeploymentKind } from "@/lib/facts/types";
import { isOpenAt } from "./causes";
import { hasFailed, type Judged, marksOfRemedy } from "./failure";
import { FailuresInPlay } from "./failures-in-play";
import { type FixGrounds, fixGrounds } from "./fix-forward";
import {
  addRemedy,
  awaitsAnswer,
  byAge,
  isOpen,
  type OpenFailure,
  openFailure,
  type TriedRemedy,
} from "./open-failure";
import type { StreamIncident, StreamRelease } from "./types";

/** A deployment with all that is known of it. */
export interface Answered extends Omit<Judged, "derivedKind"> {
  derivedKind: DeploymentKind;
  fix: FixGrounds | null;
  /** Its own failure, where it failed. */
  failure: OpenFailure | null;
  /** Places of the failed deployments that it answered. */
  serves: number[];
}

type Move =
  | { at: number; deployment: Judged; release: null }
  | { at: number; deployment: null; release: StreamRelease };

/**
 * Stratum 3: walks deployments and flags switched off by their start, telling
 * fix forwards, and which failure each remedy serves: those it plainly answers
 * and those that share an incident with them, else the oldest open one.
 */
export function findRemedies(
  judged: readonly Judged[],
  incidents: readonly StreamIncident[],
  releases: readonly StreamRelease[],
): Answered[] {
  const ofStream = incidents.filter((incident) => incident.ofStream);
  const answered = judged.map(
    (deployment): Answered => ({
      ...deployment,
      fix: null,
      failure: deployment.earlier || !hasFailed(deployment) ? null : openFailure(deployment),
      serves: [],
    }),
  );
  const inPlay = new FailuresInPlay(answered.flatMap(({ failure }) => failure ?? []));
  for (const move of inOrder(judged, releases)) {
    const failures = inPlay.at(move.at);
    const open = ofStream.filter((incident) => isOpenAt(incident, move.at));
    if (move.release !== null) {
      serve(oldestOpen(failures, move.at), failures, flagOff(move.release), open);
      continue;
    }
    const answer = answered[move.deployment.place];
    if (!answer) continue;
    const before = failures.filter(({ deployment }) => deployment.place < answer.place);
    answer.fix = fixGrounds(move.deployment, before, open);
    if (answer.fix) applyFix(answer);
    if (answer.fix && answer.failure === null) inPlay.drop(answer.place);
    const remedy = remedyOf(answer);
    if (!remedy) continue;
    const meant = plainlyAnswered(answer, answered);
    const served = serve(
      meant.length > 0 ? meant : oldestOpen(before, move.at),
      before,
      remedy,
      open,
    );
    answer.serves = served.map(({ deployment }) => deployment.place);
  }
  return answered;
}

/** A remedy itself fails only by an incident opened after its finish, a verdict or a declaration. */
function applyFix(answer: Answered): void {
  answer.derivedKind = "fix_forward";
  const { correctedKind, declaredKind } = answer.attempt;
  answer.kind = correctedKind ?? declaredKind ?? "fix_forward";
  if (answer.kind !== "fix_forward" || answer.failure === null) return;
  answer.marks = marksOfRemedy(answer, answer.marks);
  const failure = openFailure({ ...answer.failure.deployment, marks: answer.marks });
  answer.failure = answer.marks.length > 0 ? Object.assign(answer.failure, failure) : null;
}

/** The failures of what it took back, reverted, named or was declared to fix, if they still await an answer. */
function plainlyAnswered(answer: Answered, line: readonly Answered[]): OpenFailure[] {
  const failures = [...new Set(placesMeant(answer, line))]
    .filter((place) => place < answer.place)
    .flatMap((place) => line[place]?.failure ?? []);
  return failures.filter((failure) => awaitsAnswer(failure, answer.beganAt));
}

function placesMeant(answer: Answered, line: readonly Answered[]): readonly number[] {
  const { kind, fix, previous } = answer;
  if (kind === "rollback") return answer.undoes;
  if (kind === "revert") return answer.reverts.flatMap(({ target }) => target.broughtBy);
  if (fix?.because === "names_incident") return [fix.failure.deployment.place];
  const replaced = line[previous ?? -1];
  return replaced?.marks.some(({ shownBy }) => shownBy === answer.place) ? [replaced.place] : [];
}

function oldestOpen(failures: readonly OpenFailure[], at: number): OpenFailure[] {
  return byAge(failures.filter((failure) => isOpen(failure, at))).slice(0, 1);
}

/** Adds the remedy to the failures meant, and to those that share an incident with one of them. */
function serve(
  meant: readonly OpenFailure[],
  failures: readonly OpenFailure[],
  remedy: TriedRemedy,
  open: readonly StreamIncident[],
): OpenFailure[] {
  for (const failure of meant) addRemedy(failure, remedy, open);
  const shared = new Set(meant.flatMap(({ incidents }) => incidents));
  const others = failures.filter(
    (failure) =>
      !meant.includes(failure) && failure.incidents.some((incident) => shared.has(incident)),
  );
  for (const failure of others) addRemedy(failure, remedy, open);
  return [...meant, ...others];
}

function remedyOf({ kind, attempt, beganAt }: Answered): TriedRemedy | null {
  if (kind !== "rollback" && kind !== "revert" && kind !== "fix_forward") return null;
  return {
    kind,
    deployment: attempt.id,
    release: null,
    startedAt: beganAt,
    finishedAt: attempt.finishedAt,
  };
}

function flagOff({ id, at }: StreamRelease): TriedRemedy {
  return { kind: "flag_off", deployment: null, release: id, startedAt: at, finishedAt: at };
}

/** By start; at one moment deployments in the stream's order, then flags. */
function inOrder(judged: readonly Judged[], releases: readonly StreamRelease[]): Move[] {
  const deployments = judged
    .filter(({ earlier }) => earlier === null)
    .map((deployment): Move => ({ at: deployment.beganAt, deployment, release: null }));
  const flags = releases
    .filter(isSwitchingOff)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((release): Move => ({ at: release.at, deployment: null, release }));
  return [...deployments, ...flags].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function isSwitchingOff({ subject, enabled, percent }: StreamRelease): boolean {
  return subject === "flag" && (enabled === false || percent === 0);
}
