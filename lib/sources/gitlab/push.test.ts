import { describe, expect, it } from "vitest";
import { gitlab } from "@/lib/sources/gitlab";
import { jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { readerFor } from "@/lib/sources/testing/provider";
import { statementsOf } from "@/lib/sources/testing/reading";

const read = readerFor(gitlab);
const merged = jsonOf("gitlab", "push.merge.1.json");
const zeros = "0".repeat(40);
const pushOf = (change: object) => statementsOf(read.json({ ...merged, ...change }))[0];
const commits = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `c${index}` }));

describe("push", () => {
  it("is the branch's move and one commit each, in UTC", () => {
    expect(read.fixture("push.merge.1.json")).toEqual([
      {
        noun: "push",
        key: "gitlab-org/hello-world:master:2adc9465c4edfc33834e173fe89436a7cb899a1d..78a76ee6b4992a6baf64c59fc4c44c7323d60438",
        asOf: "2017-12-10T17:08:06.000Z",
        members: {
          repository: "gitlab-org/hello-world",
          branch: "master",
          before: "2adc9465c4edfc33834e173fe89436a7cb899a1d",
          after: "78a76ee6b4992a6baf64c59fc4c44c7323d60438",
          forced: false,
          created: false,
          commits: [
            "c4c79227ed610f1151f05bbc5be33b4f340d39c8",
            "78a76ee6b4992a6baf64c59fc4c44c7323d60438",
          ],
          complete: true,
          pushedAt: "2017-12-10T17:08:06.000Z",
        },
      },
      {
        noun: "commit",
        key: "gitlab-org/hello-world@c4c79227ed610f1151f05bbc5be33b4f340d39c8",
        asOf: "2017-12-10T16:28:36.000Z",
        members: {
          repository: "gitlab-org/hello-world",
          revision: "c4c79227ed610f1151f05bbc5be33b4f340d39c8",
          authoredAt: "2017-12-10T16:28:36.000Z",
          committedAt: "2017-12-10T16:28:36.000Z",
          author: "Sid Sijbrandij",
          message: "update readme\n",
          paths: ["README.md"],
          url: "https://gitlab.com/gitlab-org/hello-world/commit/c4c79227ed610f1151f05bbc5be33b4f340d39c8",
        },
      },
      expect.objectContaining({
        key: "gitlab-org/hello-world@78a76ee6b4992a6baf64c59fc4c44c7323d60438",
      }),
    ]);
  });

  it("push.commits is cut at 20, total_commits_count is the truth", () => {
    const cut = (total: unknown) =>
      pushOf({ commits: commits(20), total_commits_count: total })?.members;
    expect(cut(21)).toMatchObject({ complete: false });
    expect(cut(20)).toMatchObject({ complete: true });
    expect(cut(undefined)).toMatchObject({ complete: true });
  });

  it("the count of an edited payload disagrees with its list; the longer list stands", () => {
    const [push, ...listed] = read.fixture("push.many-commits.1.json");
    expect(push?.members).toMatchObject({ complete: true });
    expect(listed).toHaveLength(50);
  });

  it("a branch without commits of its own tells nothing; one with some begins nowhere", () => {
    expect(read.fixture("push.branch-created.1.json")).toEqual([]);
    expect(read.fixture("push.no-commits.1.json")).toEqual([]);
    expect(pushOf({ before: zeros })?.members).toMatchObject({ before: null, created: true });
  });

  it("a deleted branch, after all zeros, is ignored", () => {
    expect(read.json({ ...merged, after: zeros })).toMatchObject({
      reason: "the branch was deleted",
    });
    expect(read.json({ ...merged, ref: "refs/notes/x" }).outcome).toBe("ignored");
  });

  it.each([
    ["the default branch", {}, false],
    ["another branch, which may have been forced", { ref: "refs/heads/topic" }, true],
    ["a protected branch", { ref: "refs/heads/stable", ref_protected: true }, false],
    ["a branch that went back", { commits: [], total_commits_count: 0 }, true],
  ])("GitLab tells no forced push: %s, forced %s", (_, change, forced) => {
    expect(pushOf(change)?.members).toMatchObject({ forced });
  });

  it("a commit without its time takes the push's receipt", () => {
    expect(pushOf({ commits: [{ id: merged.after }] })).toMatchObject({
      asOf: receivedAt.toISOString(),
      timeFromReceipt: true,
    });
  });
});

describe("tag_push", () => {
  it("is a release of the commit, not of the annotated tag's own object, at its receipt", () => {
    expect(read.fixture("tag_push.created.2.json")).toEqual([
      {
        noun: "release",
        key: "gitlab/hookdeckwrite/hookdeck-write@observe",
        asOf: receivedAt.toISOString(),
        timeFromReceipt: true,
        members: {
          repository: "hookdeckwrite/hookdeck-write",
          subject: "tag",
          version: "observe",
          revision: "6752dd8e9b70a034e36b495d26626dafef42c53c",
          author: "hookdeckwrite",
          at: receivedAt.toISOString(),
        },
      },
    ]);
  });

  it("a deleted tag releases nothing, even where after is a revision", () => {
    const json = jsonOf("gitlab", "tag_push.deleted.1.json");
    const reason = "the tag was deleted";
    expect(read.json(json)).toMatchObject({ outcome: "ignored", reason });
    expect(read.json({ ...json, after: zeros, checkout_sha: undefined })).toMatchObject({ reason });
  });
});
