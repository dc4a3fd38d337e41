import { expect, test } from "vitest";
import {
  type BranchedPullRequest,
  type BranchPush,
  firstCommits,
} from "@/lib/deployments/first-commit";

const request = (over: Partial<BranchedPullRequest> = {}): BranchedPullRequest => ({
  number: 7,
  branch: "taxes",
  baseBranch: "main",
  mergedAt: 100,
  closedAt: 100,
  ...over,
});
const push = (branch: string, pushedAt: number, ...commits: string[]): BranchPush => ({
  branch,
  pushedAt,
  commits,
});
/** Commits are named for when they were authored. */
const authoredAt = (revision: string) => (revision === "unknown" ? null : Number(revision));
const begun = (requests: BranchedPullRequest[], ...pushes: BranchPush[]) =>
  firstCommits(requests, pushes, authoredAt).get(7);

test("a pull request begins with the earliest commit pushed to its branch", () => {
  expect(begun([request()], push("taxes", 60, "50", "40"), push("taxes", 30, "20"))).toBe(20);
});

test("what had been on the base branch before is not the pull request's", () => {
  const merged = push("taxes", 60, "5", "50");
  expect(begun([request()], push("main", 10, "5"), merged)).toBe(50);
  expect(begun([request()], push("main", 100, "50"), push("taxes", 60, "50"))).toBe(50);
});

test("an earlier pull request of the same branch keeps its own commits", () => {
  const earlier = request({ number: 3, mergedAt: 40 });
  const pushes = [push("taxes", 30, "20"), push("taxes", 60, "55")];
  expect(begun([earlier, request()], ...pushes)).toBe(55);
  expect(firstCommits([earlier, request()], pushes, authoredAt).get(3)).toBe(20);
});

test("pushes after the merge, and commits of unknown time, tell nothing", () => {
  expect(begun([request()], push("taxes", 120, "1"))).toBeUndefined();
  expect(begun([request()], push("taxes", 60, "unknown"))).toBeUndefined();
});

test("a branch merged into itself tells nothing", () => {
  expect(begun([request({ branch: "main" })], push("main", 60, "50"))).toBeUndefined();
});
