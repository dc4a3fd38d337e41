import { describe, expect, it } from "vitest";
import { gitlab } from "@/lib/sources/gitlab";
import { jsonOf } from "@/lib/sources/testing/fixtures";
import { readerFor } from "@/lib/sources/testing/provider";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = readerFor(gitlab);
const membersOf = (file: string) => factOf("pull_request", read.fixture(file))?.members;

describe("merge_request", () => {
  it("is a pull request of the target project by its iid", () => {
    const [opened] = read.fixture("merge_request.open.1.json");
    expect(opened).toMatchObject({
      key: "tomaszkolek0/my-awesome-project#2",
      asOf: "2016-08-22T20:08:13.000Z",
      members: {
        title: "NEW MR",
        branch: "tomek",
        baseBranch: "master",
        author: "tomaszkolek0",
        headRevision: "600060393d326486c12f222ba78d569dab6b4114",
        openedAt: "2016-08-22T20:08:13.000Z",
        mergeRevision: null,
        mergedAt: null,
        closedAt: null,
      },
    });
    expect(membersOf("merge_request.docs.1.json")).toMatchObject({
      author: "user1",
      labels: ["API"],
      openedAt: "2013-12-03T17:23:34.000Z",
    });
  });

  it("merge requests have no merged_at: updated_at of action=merge is the merge", () => {
    expect(membersOf("merge_request.merge.1.json")).toMatchObject({
      mergedAt: "2016-08-22T20:41:06.000Z",
      mergeRevision: "5bcfb805534d13224e8fa7698a2819bf0d055f29",
    });
    expect(membersOf("merge_request.merge.2.json")).toMatchObject({
      mergedAt: "2017-12-10T17:08:07.000Z",
      mergeRevision: "78a76ee6b4992a6baf64c59fc4c44c7323d60438",
    });
  });

  const json = jsonOf("gitlab", "merge_request.merge.2.json");
  const request = (change: object, rest: object = {}) =>
    statementsOf(
      read.json({ ...json, ...rest, object_attributes: { ...json.object_attributes, ...change } }),
    );

  it("a label put on after the merge does not move it", () => {
    const later = { action: "update", updated_at: "2018-01-01 00:00:00 UTC" };
    const labels = [{ title: "done" }];
    const all = [...request({}), ...request(later, { labels })];
    for (const order of [all, all.toReversed()])
      expect(factOf("pull_request", order)?.members).toMatchObject({
        mergedAt: "2017-12-10T17:08:07.000Z",
        labels: ["done"],
      });
  });

  it.each([
    ["its merge commit", { merge_commit_sha: "m", squash_commit_sha: "s" }, "m"],
    ["the squashed commit", { merge_commit_sha: null, squash_commit_sha: "s" }, "s"],
    ["the head that was fast-forwarded to", { merge_commit_sha: null }, "c4c79227"],
  ])("merged, its revision is %s", (_, change, expected) => {
    const members = factOf("pull_request", request(change))?.members;
    expect(members?.mergeRevision).toContain(expected);
  });

  it("a squash whose commit is not told has no known revision", () => {
    const members = factOf("pull_request", request({ merge_commit_sha: null, squash: true }));
    expect(members?.members.mergeRevision).toBeUndefined();
  });

  it("closes at the close, and reopening takes that back", () => {
    const closed = read.fixture("merge_request.close.1.json");
    expect(factOf("pull_request", closed)?.members).toMatchObject({
      closedAt: "2016-08-22T20:14:21.000Z",
      mergedAt: null,
    });
    const reopened = { state: "reopened", action: "reopen", updated_at: "2018-01-01 00:00:00 UTC" };
    const all = [...request({ state: "closed", action: "close" }), ...request(reopened)];
    expect(factOf("pull_request", all)?.members).toMatchObject({ closedAt: null, mergedAt: null });
    expect(membersOf("merge_request.reopen.1.json")).toMatchObject({ closedAt: null });
  });

  it("an update that pushed commits has the new head", () => {
    expect(membersOf("merge_request.update.1.json")).toMatchObject({
      headRevision: "600060393d326486c12f222ba78d569dab6b4114",
    });
  });

  it("the first approval by somebody else is its review, the author's own none", () => {
    expect(membersOf("merge_request.approved.1.json")).toMatchObject({
      firstReviewAt: "2017-12-18T00:39:44.000Z",
    });
    const approval = { action: "approval", state: "opened" };
    const by = (id: number) =>
      factOf("pull_request", request(approval, { user: { id, username: "x" } }))?.members;
    expect(by(7)?.firstReviewAt).toBe("2017-12-10T17:08:07.000Z");
    expect(by(51764)?.firstReviewAt).toBeUndefined();
    expect(by(51764)?.author).toBe("x");
  });
});

describe("note", () => {
  const note = (attributes: object, user = 2) =>
    read.json({
      object_kind: "note",
      user: { id: user, username: "bo" },
      project: { path_with_namespace: "acme/shop" },
      merge_request: { iid: 4, author_id: 1 },
      object_attributes: {
        id: 9,
        noteable_type: "MergeRequest",
        created_at: "2026-01-01 10:00:00 UTC",
        ...attributes,
      },
    });

  it("a comment by somebody else reviews the merge request", () => {
    const said = statementsOf(note({}));
    expect(said[0]?.key).toBe("acme/shop#4");
    expect(factOf("pull_request", said)?.members.firstReviewAt).toBe("2026-01-01T10:00:00.000Z");
  });

  it("the author's, GitLab's own and those elsewhere do not", () => {
    expect(note({}, 1).outcome).toBe("ignored");
    expect(note({ system: true }).outcome).toBe("ignored");
    expect(note({ noteable_type: "Commit" }).outcome).toBe("ignored");
  });
});
