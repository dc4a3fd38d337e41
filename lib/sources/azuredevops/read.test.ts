import { describe, expect, it } from "vitest";
import { azureDevops } from "@/lib/sources/azuredevops";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { readerFor } from "@/lib/sources/testing/provider";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = readerFor(azureDevops);
const said = (json: unknown) => statementsOf(read.json(json));
/** A fixture with a part of what it is about changed. */
const changed = (file: string, resource: object, rest: object = {}) => {
  const json = jsonOf("azuredevops", file);
  return { ...json, ...rest, resource: { ...json.resource, ...resource } };
};

describe("any delivery", () => {
  it("is named and known by its body: no header says anything", () => {
    const delivery = deliveryOf("azuredevops", "git.push.1.json");
    expect(azureDevops.eventName(delivery)).toBe("git.push");
    expect(azureDevops.deliveryId(delivery)).toBe("9c335e3e-e047-405c-a420-d679bd54a299");
    expect(azureDevops.deliveryId({ ...delivery, body: Buffer.from("{}") })).toBeNull();
    const { id, ...rest } = JSON.parse(Buffer.from(delivery.body).toString());
    const body = Buffer.from(JSON.stringify({ ...rest, id }));
    expect(azureDevops.deliveryId({ ...delivery, body })).toBe(id);
    expect(() => read.json({})).toThrow("eventType");
  });

  it("the sample that the form's Test sends is no event", () => {
    const subscriptionId = "00000000-0000-0000-0000-000000000000";
    expect(read.json(changed("build.complete.1.json", {}, { subscriptionId }))).toMatchObject({
      outcome: "ignored",
      event: "build.complete",
    });
  });

  it("unknown events and the test of settings are ignored by name", () => {
    expect(read.json({ eventType: "workitem.created" })).toMatchObject({
      outcome: "ignored",
      reason: "events of this name are not read",
    });
    const id = "4a5d99d6-1c75-4e53-91b9-ee80057d4ce3";
    const sent = azureDevops.testDelivery?.(id, receivedAt) ?? { headers: {}, body: Buffer.of() };
    const delivery = { ...sent, source: "azure", receivedAt };
    expect(azureDevops.read(delivery).outcome).toBe("ignored");
    expect(azureDevops.deliveryId(delivery)).toBe(id);
  });
});

describe("git.push", () => {
  it("is the branch's move and its commits; times have 7 decimals", () => {
    expect(read.fixture("git.push.1.json")).toEqual([
      {
        noun: "push",
        key: "test-zulip/test-zulip:main:51515957669f93c543df09f8f3e7f47c3613c879..b0ce2f2009c3c87dbefadf61d7eb2c0697a6f369",
        asOf: "2022-07-17T07:14:05.940Z",
        members: {
          repository: "test-zulip/test-zulip",
          branch: "main",
          before: "51515957669f93c543df09f8f3e7f47c3613c879",
          after: "b0ce2f2009c3c87dbefadf61d7eb2c0697a6f369",
          forced: false,
          created: false,
          commits: ["b0ce2f2009c3c87dbefadf61d7eb2c0697a6f369"],
          complete: true,
          pushedAt: "2022-07-17T07:14:05.940Z",
        },
      },
      {
        noun: "commit",
        key: "test-zulip/test-zulip@b0ce2f2009c3c87dbefadf61d7eb2c0697a6f369",
        asOf: "2022-07-17T07:14:01.000Z",
        members: {
          repository: "test-zulip/test-zulip",
          revision: "b0ce2f2009c3c87dbefadf61d7eb2c0697a6f369",
          authoredAt: "2022-07-17T07:14:01.000Z",
          committedAt: "2022-07-17T07:14:01.000Z",
          author: "Yuro Itaki",
          message: "Modify readme",
          url: "https://dev.azure.com/ttchong/_apis/git/repositories/98f0ce59-a912-43d5-96d2-bc0942a03f7b/commits/b0ce2f2009c3c87dbefadf61d7eb2c0697a6f369",
        },
      },
    ]);
  });

  it("branch deletes have newObjectId all zeros", () => {
    const deleted = azureDevops.read(deliveryOf("azuredevops", "git.push.branch-deleted.1.json"));
    expect(deleted).toMatchObject({ outcome: "ignored", reason: "a branch or tag was deleted" });
  });

  const { resource } = jsonOf("azuredevops", "git.push.1.json");
  const [update] = resource.refUpdates;
  const push = (part: object) => said(changed("git.push.1.json", part))[0]?.members;
  const commits = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      commitId: index ? `c${index}` : update.newObjectId,
    }));

  it("a list as long as may be cut is taken as cut; the newest commit comes first", () => {
    expect(push({ commits: commits(24) })).toMatchObject({ complete: true });
    expect(push({ commits: commits(25) })).toMatchObject({ complete: false });
    expect(push({ commits: commits(2) })).toMatchObject({ commits: ["c1", update.newObjectId] });
  });

  it("that another branch was not forced is not known; a list of several is of none of them", () => {
    const other = { ...update, name: "refs/heads/topic" };
    expect(push({ refUpdates: [other] })).toMatchObject({ branch: "topic", forced: true });
    expect(push({ refUpdates: [update, other] })).toMatchObject({ commits: [], complete: false });
  });

  it("a new tag is a release at the push", () => {
    const tag = { ...update, name: "refs/tags/v1", oldObjectId: "0".repeat(40) };
    expect(push({ refUpdates: [tag] })).toEqual({
      repository: "test-zulip/test-zulip",
      subject: "tag",
      version: "v1",
      revision: update.newObjectId,
      author: "Yuro Itaki",
      at: "2022-07-17T07:14:05.940Z",
    });
  });
});

describe("pull requests", () => {
  it("completed is a merge, at its end and to its merge commit", () => {
    const [merged] = read.fixture("git.pullrequest.merged.1.json");
    expect(merged?.key).toBe("test-zulip/test-zulip#1");
    expect(factOf("pull_request", merged ? [merged] : [])?.members).toMatchObject({
      title: "Add PR request",
      branch: "dev",
      baseBranch: "main",
      author: "Yuro Itaki",
      openedAt: "2022-07-24T08:02:50.160Z",
      mergedAt: "2022-07-30T07:55:03.500Z",
      mergeRevision: "b2606c193460441311f4d31f4729589c77f5efe0",
      headRevision: "179f0b4e4a9318d1907402662b0a416550926ebb",
    });
  });

  const attempt = "git.pullrequest.merged.attempt.1.json";

  it("git.pullrequest.merged also fires for a merge ATTEMPT: status active merges nothing", () => {
    const tried = { lastMergeCommit: { commitId: "abc" } };
    for (const resource of [{}, tried])
      expect(factOf("pull_request", said(changed(attempt, resource)))?.members).toMatchObject({
        mergedAt: null,
        closedAt: null,
        mergeRevision: null,
      });
  });

  it("abandoned is closed and not merged", () => {
    const abandoned = { status: "abandoned", closedDate: "2022-07-31T00:00:00.1234567Z" };
    expect(factOf("pull_request", said(changed(attempt, abandoned)))?.members).toMatchObject({
      mergedAt: null,
      closedAt: "2022-07-31T00:00:00.123Z",
    });
  });

  it("the first event that shows somebody else's vote is the review; the author's is none", () => {
    const own = factOf("pull_request", read.fixture(attempt))?.members;
    expect(own?.firstReviewAt).toBeUndefined();
    const reviewers = [{ id: "other", vote: -5 }];
    const at = (createdDate: string) => said(changed(attempt, { reviewers }, { createdDate }));
    const all = [...at("2022-08-02T00:00:00Z"), ...at("2022-08-01T00:00:00Z")];
    expect(factOf("pull_request", all)?.members.firstReviewAt).toBe("2022-08-01T00:00:00.000Z");
    const waiting = said(changed(attempt, { reviewers: [{ id: "other", vote: 0 }] }));
    expect(factOf("pull_request", waiting)?.members.firstReviewAt).toBeUndefined();
  });

  it("a comment by somebody else is a review", () => {
    const pullRequest = jsonOf("azuredevops", attempt).resource;
    const comment = (author: object, more: object = {}) =>
      read.json({
        eventType: "ms.vss-code.git-pullrequest-comment-event",
        resource: {
          pullRequest,
          comment: { id: 1, author, publishedDate: "2022-08-01T00:00:00Z", ...more },
        },
      });
    const said = statementsOf(comment({ id: "other" }));
    expect(factOf("pull_request", said)?.members).toMatchObject({
      number: 4,
      firstReviewAt: "2022-08-01T00:00:00.000Z",
    });
    expect(comment(pullRequest.createdBy).outcome).toBe("ignored");
    expect(comment({ id: "other" }, { commentType: "system" }).outcome).toBe("ignored");
  });
});
