import type { Change } from "./change-set";
import { openUntil } from "./open-failure";
import type { Answered } from "./remedies";
import type { Carried } from "./types";

export const carriesNothing: Carried = {
  layer: null,
  layerBelow: null,
  openUntil: null,
  traces: [],
};

/** What a window that begins after a completed deployment asks of it. */
export function carry(deployment: Answered, line: readonly Answered[]): Carried {
  const { changeSet, left } = deployment;
  const idAt = (place: number | null) => line[place ?? -1]?.attempt.id ?? null;
  return {
    layer: idAt(deployment.layer),
    layerBelow: idAt(deployment.layerBelow),
    openUntil: lastSay(deployment, line),
    traces: [
      ...left.map((change) => ({ ...nameOf(change), role: "left" as const })),
      ...(changeSet?.changes ?? [])
        .map((change) => ({ ...nameOf(change), role: "change" as const }))
        .filter(({ original }) => original !== null),
      ...(changeSet?.merges ?? []).map((revision) => ({
        repository: repositoryOf(deployment, line),
        revision,
        original: null,
        role: "merge" as const,
      })),
    ],
  };
}

function nameOf({ repository, revision, identity }: Change) {
  const original = identity.slice(repository.length + 1);
  return { repository, revision, original: original === revision ? null : original };
}

/** As a change set is told: of the repository that is deployed, else of the one that ran. */
function repositoryOf({ attempt, previous }: Answered, line: readonly Answered[]): string {
  return attempt.repository ?? line[previous ?? -1]?.attempt.repository ?? "";
}

function lastSay(deployment: Answered, line: readonly Answered[]): number | null {
  const later = [deployment.withdrawnBy, ...deployment.marks.map(({ shownBy }) => shownBy)];
  const moments = later.flatMap((place) => line[place ?? -1]?.at ?? []);
  if (deployment.failure) moments.push(openUntil(deployment.failure));
  return moments.length > 0 ? Math.max(...moments) : null;
}
