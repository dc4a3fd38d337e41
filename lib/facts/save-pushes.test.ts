import { describe, expect, it } from "vitest";
import { chainOf } from "@/lib/facts/save-pushes";
import type { PushMembers } from "@/lib/facts/types";

const push = (more: Partial<PushMembers>): PushMembers => ({
  repository: "acme/checkout",
  branch: "main",
  before: "a",
  after: "d",
  forced: false,
  created: false,
  commits: ["b", "c", "d"],
  complete: true,
  pushedAt: "2026-11-02T09:00:00.000Z",
  ...more,
});

describe("the order that a push tells", () => {
  it.each<[string, Partial<PushMembers>, string[]]>([
    ["leads from before over its commits to after", {}, ["a-b", "b-c", "c-d"]],
    ["ends in after, listed or not", { commits: ["b", "c"] }, ["a-b", "b-c", "c-d"]],
    ["begins at its first commit when forced", { forced: true }, ["b-c", "c-d"]],
    ["begins at its first commit when created", { created: true }, ["b-c", "c-d"]],
    ["begins at its first commit without a before", { before: null }, ["b-c", "c-d"]],
    ["says nothing of what a cut list leaves out", { complete: false, after: "z" }, ["b-c", "c-d"]],
    ["says nothing without commits", { commits: [] }, []],
    ["of a new branch's one commit is nothing", { created: true, commits: ["d"] }, []],
  ])("%s", (_, more, expected) => {
    expect(chainOf(push(more)).map((link) => link.join("-"))).toEqual(expected);
  });
});
