import { expect, test } from "vitest";
import { buildChangeSet } from "./change-set";
import { at, type Commit, graphOf } from "./testing";

const build = (commits: Record<string, Commit>, revisions: string[] | null, prefix = "") =>
  buildChangeSet(graphOf(commits, prefix), "acme/shop", revisions);
const listed = (commits: Record<string, Commit>, revisions: string[], prefix = "") =>
  build(commits, revisions, prefix).changes.map((change) => change.revision);

test("Change: a non-merge commit; two or more parents make a merge", () => {
  const commits = {
    plain: { parents: ["a"] },
    merge: { parents: ["a", "b"] },
    root: { parents: [] },
  };
  const set = build(commits, ["merge", "plain", "root"]);
  expect(set.changes.map((change) => change.revision)).toEqual(["plain", "root"]);
  expect(set.merges).toEqual(["merge"]);
});

test("where only pushes order the commits, git's own wording tells a merge", () => {
  const message = "Merge pull request #7 from acme/tax";
  const linear = { parents: ["a"], parentCountKnown: false };
  expect(listed({ m: { ...linear, message }, c: linear }, ["m", "c"])).toEqual(["c"]);
  expect(listed({ m: { parents: ["a"], message } }, ["m"])).toEqual(["m"]);
});

test("a cherry-pick that says so and its original are one", () => {
  const commits = {
    abcdef1: { parents: ["x"], authored: "8:00" },
    fedcba2: {
      parents: ["y"],
      authored: "9:00",
      message: "Fix tax\n\n(cherry picked from commit abcdef1)",
    },
    "0123456": {
      parents: ["z"],
      authored: "9:30",
      message:
        "Fix tax\n\n(cherry picked from commit abcdef1)\n(cherry picked from commit fedcba2)",
    },
  };
  expect(listed(commits, ["fedcba2", "abcdef1", "0123456"])).toEqual(["abcdef1"]);
  const [pick] = build(commits, ["0123456"]).changes;
  expect(pick?.identity).toBe("acme/shop@abcdef1");
  expect(pick?.firstAuthoredAt).toBe(at("8:00"));
});

test("a pick that names an unknown commit keeps its own time, and rings of picks end", () => {
  const picked = (from: string) => ({
    authored: "9:00",
    message: `x\n\n(cherry picked from commit ${from})`,
  });
  expect(build({ aaaaaaa: picked("bbbbbbb") }, ["aaaaaaa"]).changes[0]?.firstAuthoredAt).toBe(
    at("9:00"),
  );
  const ring = { aaaaaaa: picked("bbbbbbb"), bbbbbbb: picked("aaaaaaa") };
  expect(build(ring, ["aaaaaaa", "bbbbbbb"]).changes).toHaveLength(1);
});

test("In a monorepo a change with unknown paths belongs to every service of the repository, marked", () => {
  const commits = {
    web: { parents: ["a"], paths: ["apps/web/x.ts"] },
    api: { parents: ["a"], paths: ["apps/api/x.ts"] },
    dark: { parents: ["a"] },
  };
  const set = build(commits, ["web", "api", "dark"], "apps/web/");
  expect(set.changes.map(({ revision, pathsUnknown }) => [revision, pathsUnknown])).toEqual([
    ["web", false],
    ["dark", true],
  ]);
});

test("A squash takes its pull request's first commit; one commit of several keeps its own", () => {
  const pullRequest = { firstCommitAt: at("7:00") };
  const squash = { parents: ["a"], authored: "9:00", pullRequest };
  const member = { ...squash, pullRequest: { ...pullRequest, mergeRevision: "elsewhere" } };
  const unmerged = { ...squash, pullRequest: { ...pullRequest, mergeRevision: null } };
  const set = build({ squash, member, unmerged }, ["squash", "member", "unmerged"]);
  expect(set.changes.map((change) => change.firstAuthoredAt)).toEqual([
    at("7:00"),
    at("9:00"),
    at("9:00"),
  ]);
});

test("unknown is said: no revisions, no changes", () => {
  expect(build({}, null)).toEqual({ known: false, changes: [], merges: [] });
});
