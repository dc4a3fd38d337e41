import type { Change } from "./change-set";
import type { Judged } from "./failure";
import {
  awaitsAnswer,
  byAge,
  firstSignOf,
  incidentsAt,
  isOpen,
  type OpenFailure,
} from "./open-failure";
import { titleOf } from "./revert-message";
import type { StreamIncident } from "./types";

/** Why a deployment is a fix forward. */
export type FixGrounds =
  | { because: "declared_hotfix" }
  | { because: "names_incident"; failure: OpenFailure; change: Change; incident: StreamIncident }
  | { because: "authored_after"; failure: OpenFailure; change: Change };

/**
 * Why a deployment fixes forward: it is a declared hotfix, or it started while a
 * failure was open and brings a newly shipped change that names its incident or
 * was first authored after its first sign. Null where it does not.
 */
export function fixGrounds(
  deployment: Judged,
  failures: readonly OpenFailure[],
  ofStream: readonly StreamIncident[],
): FixGrounds | null {
  if (deployment.derivedKind !== "deploy") return null;
  if (deployment.attempt.hotfix) return { because: "declared_hotfix" };
  const changes = [...deployment.newlyShipped];
  const startedAt = deployment.beganAt;
  // A change that names an incident is meant for it even when the failure draws no strangers any more.
  const awaiting = byAge(
    failures.filter(
      (failure) =>
        isOpen(failure, startedAt) ||
        (failure.incidents.length > 0 &&
          firstSignOf(failure) <= startedAt &&
          awaitsAnswer(failure, startedAt)),
    ),
  );
  for (const failure of awaiting) {
    for (const incident of incidentsAt(failure, startedAt, ofStream)) {
      const change = changes.find(({ message }) => message !== null && names(message, incident));
      if (change) return { because: "names_incident", failure, change, incident };
    }
  }
  for (const failure of awaiting.filter((one) => isOpen(one, startedAt))) {
    const sign = firstSignOf(failure, incidentsAt(failure, startedAt, ofStream));
    const change = changes.find(({ firstAuthoredAt }) => (firstAuthoredAt ?? 0) > sign);
    if (change) return { because: "authored_after", failure, change };
  }
  return null;
}

/** Whether a commit's message names an incident: by its id, another of its names, or its title. */
function names(message: string, incident: StreamIncident): boolean {
  // A squash ends its title with its own pull request's number, which names no incident.
  const text = [titleOf(message), ...message.split("\n").slice(1)].join("\n").toLowerCase();
  // One word for a title ("errors") says nothing; neither does a bare number.
  const title = /\s/.test(incident.title.trim()) ? [incident.title.trim()] : [];
  const called = [incident.id, ...(incident.names ?? [])].filter((name) => !/^\d*$/.test(name));
  return [...called, ...title].some((name) => containsWord(text, name.toLowerCase()));
}

/** Whether `word` stands in `text` with no letter or digit joined to it. */
function containsWord(text: string, word: string): boolean {
  for (let place = text.indexOf(word); place >= 0; place = text.indexOf(word, place + 1)) {
    const around = `${text[place - 1] ?? " "}${text[place + word.length] ?? " "}`;
    if (!/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}
