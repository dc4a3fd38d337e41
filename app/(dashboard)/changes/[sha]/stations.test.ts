import { expect, it } from "vitest";
import type { JourneyAnswer } from "@/lib/http/fact-answers";
import { stationsOf } from "./stations";

const journey: JourneyAnswer = {
  revision: "a".repeat(40),
  repository: "acme/checkout",
  message: "Round tax",
  author: "ana",
  authoredAt: "2026-01-01T10:00:00Z",
  committedAt: "2026-01-01T12:00:00Z",
  pullRequest: {
    number: 7,
    title: null,
    firstCommitAt: "2026-01-01T09:00:00Z",
    openedAt: "2026-01-01T11:00:00Z",
    firstReviewAt: null,
    mergedAt: "2026-01-01T12:00:00Z",
    url: null,
  },
  builds: [],
  deployments: [
    {
      id: "d",
      service: "checkout",
      environment: "production",
      tier: "production",
      kind: "deploy",
      status: "succeeded",
      finishedAt: "2026-01-01T13:00:00Z",
      leadTimeSeconds: 14_400,
      failed: true,
    },
  ],
};

it("puts every moment that is known in order, and none that is not", () => {
  const stations = stationsOf(journey);
  expect(stations.map(({ at }) => at)).toEqual([...stations.map(({ at }) => at)].sort());
  expect(stations.map(({ words }) => words)).not.toContain("First review");
  expect(stations[0]?.words).toBe("First commit of the pull request");
  expect(stations.at(-1)).toMatchObject({
    words: "checkout in production: failed deployment",
    leadTimeSeconds: 14_400,
  });
});
