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
 * was first authored after its first sign. Null where it does not. `open` are the
 * stream's incidents open when it started.
 */
export function fixGrounds(
  deployment: Judged,
  failures: readonly OpenFailure[],
  open: readonly StreamIncident[],
): FixGrounds | null {
  if (deployment.derivedKind !== "deploy") return null;
  if (deployment.attempt.hotfix) return { because: "declared_hotfix" };
  const changes = [...deployment.newlyShipped];
  if (changes.length === 0 || failures.length === 0) return null;
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
  const texts = changes.map((change) => ({ change, text: wordsOf(change.message ?? "") }));
  for (const failure of awaiting) {
    for (const incident of incidentsAt(failure, open)) {
      const named = texts.find(({ text }) => names(text, incident));
      if (named) return { because: "names_incident", failure, change: named.change, incident };
    }
  }
  for (const failure of awaiting.filter((one) => isOpen(one, startedAt))) {
    const sign = firstSignOf(failure, incidentsAt(failure, open));
    const change = changes.find(({ firstAuthoredAt }) => (firstAuthoredAt ?? 0) > sign);
    if (change) return { because: "authored_after", failure, change };
  }
  return null;
}

/** Whether a deployment brings a change that names the incident. */
export function bringsFixFor(
  { newlyShipped }: Pick<Judged, "newlyShipped">,
  incident: StreamIncident,
): boolean {
  return [...newlyShipped].some(({ message }) => names(wordsOf(message ?? ""), incident));
}

/** A message's words, without the number of its own pull request that a squash ends its title with. */
function wordsOf(message: string): string {
  return [titleOf(message), ...message.split("\n").slice(1)].join("\n").toLowerCase();
}

/** Whether words name an incident: by its id, another of its names, or its title. */
function names(text: string, incident: StreamIncident): boolean {
  // A bare number says nothing, nor does a title of one word ("errors").
  const called = [incident.id, ...(incident.names ?? [])].filter((name) => !/^\d*$/.test(name));
  const title = /\S\s+\S/.test(incident.title) ? [incident.title.trim()] : [];
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
