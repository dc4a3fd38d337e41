import { expect, test } from "vitest";
import {
  type BranchedPullRequest,
  type BranchPush,
  branchCommits,
} from "@/lib/deployments/branch-commits";

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
const own = (requests: BranchedPullRequest[], ...pushes: BranchPush[]) =>
  branchCommits(requests, pushes).get(7);

test("a pull request is made of the commits pushed to its branch, each once", () => {
  const again = push("taxes", 70, "b", "c");
  expect(own([request()], push("taxes", 60, "b"), push("taxes", 30, "a"), again)).toEqual([
    "b",
    "a",
    "c",
  ]);
});

test("what had been on the base branch before is not the pull request's", () => {
  const merged = push("taxes", 60, "old", "new");
  expect(own([request()], push("main", 10, "old"), merged)).toEqual(["new"]);
  expect(own([request()], push("main", 100, "new"), push("taxes", 60, "new"))).toEqual(["new"]);
});

test("an earlier pull request of the same branch keeps its own commits", () => {
  const earlier = request({ number: 3, mergedAt: 40 });
  const pushes = [push("taxes", 30, "a"), push("taxes", 60, "b")];
  expect(own([earlier, request()], ...pushes)).toEqual(["b"]);
  expect(branchCommits([earlier, request()], pushes).get(3)).toEqual(["a"]);
});

test("pushes after the merge tell nothing, nor does a branch merged into itself", () => {
  expect(own([request()], push("taxes", 120, "a"))).toEqual([]);
  expect(own([request({ branch: "main" })], push("main", 60, "a"))).toBeUndefined();
});
