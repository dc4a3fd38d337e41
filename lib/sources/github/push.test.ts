import { describe, expect, it } from "vitest";
import { readGithub } from "@/lib/sources/github/read";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { readEvent, readFixture } from "@/lib/sources/testing/github";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

describe("push", () => {
  it("is the branch's move and one commit each, author dates in UTC", () => {
    expect(readFixture("push.1.json")).toEqual([
      {
        noun: "push",
        key: "someuser/somerepo:main:08b4ea902c8962b8248a5c83dc5952920a27c5ff..387aa161993865e33b2e687ce199c25dde76a805",
        asOf: "2022-01-19T11:44:32.000Z",
        members: {
          repository: "someuser/somerepo",
          branch: "main",
          before: "08b4ea902c8962b8248a5c83dc5952920a27c5ff",
          after: "387aa161993865e33b2e687ce199c25dde76a805",
          forced: false,
          created: false,
          commits: ["387aa161993865e33b2e687ce199c25dde76a805"],
          complete: true,
          pushedAt: "2022-01-19T11:44:32.000Z",
        },
      },
      {
        noun: "commit",
        key: "someuser/somerepo@387aa161993865e33b2e687ce199c25dde76a805",
        asOf: "2022-01-19T11:44:32.000Z",
        members: {
          repository: "someuser/somerepo",
          revision: "387aa161993865e33b2e687ce199c25dde76a805",
          authoredAt: "2022-01-19T11:44:32.000Z",
          author: "someuser",
          message: "Update",
          paths: ["vars.txt"],
          url: "https://github.com/someuser/somerepo/commit/387aa161993865e33b2e687ce199c25dde76a805",
        },
      },
    ]);
  });

  it("repository.pushed_at is epoch seconds although all other times are text", () => {
    expect(readFixture("push.branch-created.1.json")[0]).toMatchObject({
      asOf: "2019-05-15T15:20:57.000Z",
      members: { before: null, created: true },
    });
  });

  it("a forced push says so", () => {
    expect(readFixture("push.forced.1.json")[0]?.members).toMatchObject({ forced: true });
  });

  it("the list is complete below 2048 commits, cut at 2048", () => {
    const json = jsonOf("github", "push.1.json");
    const commits = Array.from({ length: 2048 }, (_, index) => ({ id: `c${index}` }));
    const pushOf = (listed: unknown[]) =>
      statementsOf(readEvent("push", { ...json, commits: listed }))[0]?.members;
    expect(pushOf(commits)).toMatchObject({ complete: false });
    expect(pushOf(commits.slice(1))).toMatchObject({ complete: true });
  });

  it("a deleted ref, with head_commit null and zeros after, is ignored", () => {
    const reading = readGithub(deliveryOf("github", "push.branch-deleted.1.json"));
    expect(reading).toMatchObject({ outcome: "ignored", reason: "the ref was deleted" });
  });

  it("branches of the merge queue (gh-readonly-queue) are ignored, deleted or not", () => {
    const json = jsonOf("github", "push.merge-queue.1.json");
    expect(readEvent("push", { ...json, deleted: false, after: "abc" })).toMatchObject({
      outcome: "ignored",
      reason: "a branch of the merge queue, not one of the repository",
    });
  });
});

describe("a tag arrives as push, as create and again as release", () => {
  const repository = { full_name: "acme/shop", pushed_at: 1_700_000_000 };
  const pushed = readEvent("push", {
    repository,
    ref: "refs/tags/v1",
    before: "0".repeat(40),
    after: "f".repeat(40),
    head_commit: { id: "abc", timestamp: "2023-01-01T00:00:00Z" },
  });
  const created = readEvent("create", { repository, ref: "v1", ref_type: "tag" });
  const release = {
    tag_name: "v1",
    published_at: "2023-11-15T00:00:00Z",
    created_at: "2020-01-01T00:00:00Z",
  };
  const published = readEvent("release", { repository, action: "published", release });
  const released = readEvent("release", { repository, action: "released", release });

  it("is one release, at its publication, with the commit of the annotated tag", () => {
    const all = [pushed, created, published, released].flatMap(statementsOf);
    expect(all).toHaveLength(4);
    expect(factOf("release", all)).toMatchObject({
      members: { version: "v1", revision: "abc", subject: "tag", at: "2023-11-15T00:00:00.000Z" },
      timeFromReceipt: false,
    });
  });

  it("create has neither sha nor time: alone, the release is at its receipt, marked", () => {
    expect(factOf("release", statementsOf(created))).toMatchObject({
      members: { at: receivedAt.toISOString() },
      timeFromReceipt: true,
    });
  });

  it("release.created_at is the commit's date, never the release's", () => {
    const bare = { ...release, published_at: null };
    const reading = readEvent("release", { repository, action: "published", release: bare });
    expect(factOf("release", statementsOf(reading))?.members.at).toBe(receivedAt.toISOString());
  });

  it("a draft, a created and a deleted release release nothing", () => {
    for (const action of ["created", "deleted", "edited", "unpublished"])
      expect(readEvent("release", { repository, action, release }).outcome).toBe("ignored");
    const draft = { ...release, draft: true };
    expect(readEvent("release", { repository, action: "published", release: draft }).outcome).toBe(
      "ignored",
    );
  });
});
