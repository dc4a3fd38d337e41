import { expect, test } from "vitest";
import { buildChangeSet } from "./change-set";
import { timeChange } from "./lead-time";
import { at, type Commit, graphOf } from "./testing";

const deployment = { startedAt: at("12:00"), finishedAt: at("12:05") };
function time(commit: Commit, newlyShipped = true, of = deployment) {
  const [change] = buildChangeSet(graphOf({ c: commit }), "acme/shop", ["c"]).changes;
  if (!change) throw new Error("no change");
  return timeChange(change, of, newlyShipped);
}

test("Lead time for changes: the change's first authored commit → its deployment's finish", () => {
  expect(time({ authored: "11:05" })).toMatchObject({ leadTimeSeconds: 3600, anomaly: false });
});

test("split into coding, pickup, review, merge-to-deploy and deploy time where a pull request is known", () => {
  const pullRequest = {
    firstCommitAt: at("10:00"),
    openedAt: at("10:30"),
    firstReviewAt: at("10:45"),
    mergedAt: at("11:55"),
  };
  expect(time({ authored: "11:50", pullRequest })).toMatchObject({
    leadTimeSeconds: 2 * 3600 + 300,
    codingSeconds: 1800,
    pickupSeconds: 900,
    reviewSeconds: 4200,
    mergeToDeploySeconds: 300,
    deploySeconds: 300,
  });
  expect(time({ authored: "11:50" }).deploySeconds).toBeNull();
});

test("Negative spans are left out and counted as anomalies", () => {
  expect(time({ authored: "12:06" })).toMatchObject({ leadTimeSeconds: null, anomaly: true });
  const pullRequest = { firstCommitAt: at("10:00"), mergedAt: at("12:30") };
  expect(time({ authored: "11:00", pullRequest })).toMatchObject({
    leadTimeSeconds: 2 * 3600 + 300,
    mergeToDeploySeconds: null,
    anomaly: true,
  });
});

test("shipping again lists a change with a null lead time, and so does an unknown boundary", () => {
  const pullRequest = { firstCommitAt: at("10:00"), openedAt: at("10:30") };
  expect(time({ authored: "11:00", pullRequest }, false)).toMatchObject({
    leadTimeSeconds: null,
    codingSeconds: null,
    anomaly: false,
  });
  expect(time({})).toMatchObject({ leadTimeSeconds: null, anomaly: false });
});
