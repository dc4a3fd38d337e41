import { deploymentHref } from "@/app/_deployments/naming";
import type { JourneyAnswer } from "@/lib/http/fact-answers";

export interface Station {
  at: string;
  words: string;
  note?: string;
  href?: string;
  leadTimeSeconds?: number | null;
}

/** Every moment known of a commit's way, in order. */
export function stationsOf(journey: JourneyAnswer): Station[] {
  const { pullRequest } = journey;
  const moments: [string | null | undefined, string][] = [
    [pullRequest?.firstCommitAt, "First commit of the pull request"],
    [journey.authoredAt, "Authored"],
    [pullRequest?.openedAt, `Pull request #${pullRequest?.number} opened`],
    [pullRequest?.firstReviewAt, "First review"],
    [pullRequest?.mergedAt, "Merged"],
    [journey.committedAt, "Committed"],
  ];
  const stations = moments.flatMap(([at, words]): Station[] => (at ? [{ at, words }] : []));
  return [...stations, ...buildStations(journey), ...deploymentStations(journey)].sort((a, b) =>
    a.at.localeCompare(b.at),
  );
}

function buildStations({ builds }: JourneyAnswer): Station[] {
  return builds.flatMap(({ name, status, startedAt, finishedAt, queuedAt, stages }) => {
    const at = finishedAt ?? startedAt ?? queuedAt;
    const done = stages.map((stage) => `${stage.name}: ${stage.status}`).join(", ");
    return at ? [{ at, words: `Build ${name}: ${status}`, ...(done && { note: done }) }] : [];
  });
}

function deploymentStations({ deployments }: JourneyAnswer): Station[] {
  return deployments.flatMap(
    ({ id, service, environment, status, failed, finishedAt, leadTimeSeconds }) =>
      finishedAt
        ? [
            {
              at: finishedAt,
              words: `${service} in ${environment}: ${failed ? "failed deployment" : status}`,
              href: deploymentHref(id),
              leadTimeSeconds,
            },
          ]
        : [],
  );
}
