import { describe, expect, it } from "vitest";
import { bitbucket } from "@/lib/sources/bitbucket";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { readerFor } from "@/lib/sources/testing/provider";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = readerFor(bitbucket);
const said = (event: string, json: unknown, headers = {}) =>
  statementsOf(read.json(json, { "x-event-key": event, ...headers }));

describe("any delivery", () => {
  it("is known by X-Request-UUID, which every attempt keeps, and named by X-Event-Key", () => {
    const { headers, body } = deliveryOf("bitbucket", "pullrequest.created.1.json");
    const again = { headers: { ...headers, "x-attempt-number": "2" }, body, receivedAt };
    expect(bitbucket.deliveryId(again)).toBe("3868d64c-e550-4e36-b44d-6ee67f6d4d52");
    expect(bitbucket.eventName(again)).toBe("pullrequest:created");
    expect(() => read.json({})).toThrow("X-Event-Key");
  });

  it("events that are not known are ignored by name, the test of settings among them", () => {
    expect(read.json({}, { "x-event-key": "repo:fork" })).toEqual({
      outcome: "ignored",
      event: "repo:fork",
      reason: "events of this name are not read",
    });
    const sent = bitbucket.testDelivery?.("t1", receivedAt);
    expect(sent && read.json({}, sent.headers).outcome).toBe("ignored");
    expect(sent && bitbucket.deliveryId({ ...sent, receivedAt })).toBe("t1");
  });

  it("there is no deployment webhook: no event comes to a deployment", () => {
    const json = jsonOf("bitbucket", "repo.commit_status_created.2.json");
    const nouns = said("repo:commit_status_created", json).map(({ noun }) => noun);
    expect(nouns).toEqual(["build"]);
  });
});

describe("repo:push", () => {
  it("is the branch's move and its commits with their parents", () => {
    expect(read.fixture("repo.push.1.json")).toEqual([
      {
        noun: "push",
        key: "kolaszek/repository-name:master:..84b96adc644a30fd6465b3d196369d880762afed",
        asOf: "2016-06-30T15:32:24.000Z",
        members: {
          repository: "kolaszek/repository-name",
          branch: "master",
          before: null,
          after: "84b96adc644a30fd6465b3d196369d880762afed",
          forced: false,
          created: true,
          commits: ["84b96adc644a30fd6465b3d196369d880762afed"],
          complete: true,
          pushedAt: "2016-06-30T15:32:24.000Z",
        },
      },
      {
        noun: "commit",
        key: "kolaszek/repository-name@84b96adc644a30fd6465b3d196369d880762afed",
        asOf: "2016-06-30T15:32:24.000Z",
        members: {
          repository: "kolaszek/repository-name",
          revision: "84b96adc644a30fd6465b3d196369d880762afed",
          parents: [],
          authoredAt: "2016-06-30T15:32:24.000Z",
          author: "Tomasz Kolaszek",
          message: "first commit\n",
          url: "https://bitbucket.org/kolaszek/repository-name/commits/84b96adc644a30fd6465b3d196369d880762afed",
        },
      },
    ]);
  });

  it("lists the newest commit first: kept oldest first; forced says so", () => {
    const [push, first] = read.fixture("repo.push.forced.1.json");
    expect(push?.members).toMatchObject({
      before: "32c4ea19aa3af10acd08e419e2c354941a365d74",
      forced: true,
    });
    expect(first?.members).toMatchObject({ revision: "84b96adc644a30fd6465b3d196369d880762afed" });
  });

  it("several refs in one push: each is read by itself", () => {
    const nouns = read.fixture("repo.push.many-refs.1.json").map(({ noun }) => noun);
    expect(nouns).toEqual(["push", "commit", "release"]);
  });

  const json = jsonOf("bitbucket", "repo.push.forced.1.json");
  const [change] = json.push.changes;
  const push = (part: object) => ({ ...json, push: { changes: [{ ...change, ...part }] } });

  it("at most 5 commits per change, truncated says so", () => {
    const complete = (truncated: unknown) =>
      said("repo:push", push({ truncated }))[0]?.members as { complete: boolean };
    expect(complete(true).complete).toBe(false);
    expect(complete(false).complete).toBe(true);
    expect(complete(undefined).complete).toBe(true);
  });

  it("old or new is null: made without commits, or deleted, it tells nothing", () => {
    expect(read.json(push({ new: null }), { "x-event-key": "repo:push" })).toMatchObject({
      outcome: "ignored",
      reason: "a branch or tag was deleted",
    });
    expect(said("repo:push", push({ old: null, commits: [] }))).toEqual([]);
    expect(said("repo:push", { ...json, push: null })).toEqual([]);
    const tag = read.json(jsonOf("bitbucket", "repo.push.tag-deleted.1.json"), {
      "x-event-key": "repo:push",
    });
    expect(tag).toMatchObject({ reason: "a branch or tag was deleted" });
  });

  it("is at X-Event-Time, where the delivery has it", () => {
    const at = (header: string) => said("repo:push", json, { "x-event-time": header })[0]?.asOf;
    expect(at("Wed, 08 Mar 2023 06:12:22 GMT")).toBe("2023-03-08T06:12:22.000Z");
    expect(at("yesterday")).toBe("2016-10-05T19:07:51.000Z");
  });

  it("abbreviated parents are left out", () => {
    const commits = [{ ...change.commits[0], parents: [{ hash: "f438e1c1b456" }] }];
    expect(said("repo:push", push({ commits }))[1]?.members).not.toHaveProperty("parents");
  });

  it("a tag is a release at its own date, else at the event's", () => {
    const [tag] = read.fixture("repo.push.tag.1.json");
    expect(tag).toMatchObject({
      key: "bitbucket/kolaszek/repository-name@a",
      timeFromReceipt: true,
      members: {
        version: "a",
        revision: "450118afff93569d1ce362174e9f1a7f104f9166",
        author: "Tomasz Kolaszek",
        at: receivedAt.toISOString(),
      },
    });
    const annotated = push({
      new: {
        type: "annotated_tag",
        name: "v1",
        date: "2023-01-01T00:00:00+00:00",
        tagger: { raw: "Bo <bo@example.com>" },
        target: change.new.target,
      },
    });
    expect(said("repo:push", annotated)[0]).toMatchObject({
      asOf: "2023-01-01T00:00:00.000Z",
      members: { author: "Bo" },
    });
  });
});

describe("pull requests", () => {
  const merged = jsonOf("bitbucket", "pullrequest.fulfilled.1.json");
  const event = (key: string, rest: object = {}, request: object = {}) =>
    said(key, { ...merged, ...rest, pullrequest: { ...merged.pullrequest, ...request } });

  it("created opens it", () => {
    const created = read.fixture("pullrequest.created.1.json");
    expect(created[0]?.key).toBe("hookdeck-write/hookdeckwrite#1");
    expect(factOf("pull_request", created)?.members).toMatchObject({
      title: "New branch",
      branch: "new-branch",
      baseBranch: "master",
      author: "Hookdeck Write",
      openedAt: "2023-03-08T06:10:12.744Z",
      mergedAt: null,
      closedAt: null,
    });
  });

  it("no merged_at: the update of the event that merged is the merge", () => {
    const all = ["pullrequest.created.1.json", "pullrequest.fulfilled.1.json"].flatMap(
      read.fixture,
    );
    expect(factOf("pull_request", all.toReversed())?.members).toMatchObject({
      mergedAt: "2023-03-08T06:12:22.485Z",
      title: "New changes-multiple",
    });
    const later = { updated_on: "2024-01-01T00:00:00+00:00" };
    const commented = event("pullrequest:comment_created", {}, later);
    expect(factOf("pull_request", [...all, ...commented])?.members.mergedAt).toBe(
      "2023-03-08T06:12:22.485Z",
    );
  });

  it("merge_commit.hash is 12 characters: the push of the merge tells the whole, in any order", () => {
    const whole = `ed2903eec378${"0".repeat(28)}`;
    const json = jsonOf("bitbucket", "repo.push.1.json");
    const [change] = json.push.changes;
    const commit = {
      ...change.commits[0],
      hash: whole,
      date: "2023-03-08T06:12:22+00:00",
      message: "Merged in new-branch (pull request #1)\n\nNew changes",
    };
    const { repository } = merged;
    const now = { ...change.new, target: { hash: whole } };
    const push = {
      ...json,
      repository,
      push: { changes: [{ ...change, new: now, commits: [commit] }] },
    };
    const short = event("pullrequest:fulfilled");
    expect(factOf("pull_request", short)?.members.mergeRevision).toBe("ed2903eec378");
    const all = [...short, ...said("repo:push", push)];
    for (const order of [all, all.toReversed()])
      expect(factOf("pull_request", order)?.members.mergeRevision).toBe(whole);
  });

  it("declined closes it unmerged", () => {
    const declined = event("pullrequest:rejected", {}, { state: "DECLINED", merge_commit: null });
    expect(factOf("pull_request", declined)?.members).toMatchObject({
      closedAt: "2023-03-08T06:12:22.485Z",
      mergedAt: null,
    });
  });

  const somebody = { uuid: "{other}", nickname: "bo" };
  const at = "2023-03-08T06:11:00+00:00";
  it.each([
    ["pullrequest:approved", { approval: { user: somebody, date: at } }],
    ["pullrequest:changes_request_created", { changes_request: { user: somebody, date: at } }],
    ["pullrequest:comment_created", { comment: { id: 3, user: somebody, created_on: at } }],
  ])("%s is a review, unless the author's own", (key, rest) => {
    expect(factOf("pull_request", event(key, rest))?.members.firstReviewAt).toBe(
      "2023-03-08T06:11:00.000Z",
    );
    const own = JSON.parse(JSON.stringify(rest).replace("{other}", merged.pullrequest.author.uuid));
    expect(factOf("pull_request", event(key, own))?.members).not.toHaveProperty("firstReviewAt");
  });
});

describe("commit statuses", () => {
  it("are a build where nothing else tells of one", () => {
    const [build] = read.fixture("repo.commit_status_created.2.json");
    expect(build).toMatchObject({
      key: "bitbucket/status:automationtestharness/testrepo@bdf6fac0519ffd1562461eb82e018ff62efffbc9:3343801",
      members: {
        name: "Pipelines",
        branch: "main",
        status: "running",
        startedAt: "2025-03-24T08:48:56.572Z",
        finishedAt: null,
        fallback: true,
      },
    });
  });

  it("updates are of the same build; the sample's commit is in its address", () => {
    const all = ["repo.commit_status_created.1.json", "repo.commit_status_updated.1.json"];
    expect(factOf("build", all.flatMap(read.fixture))?.members).toMatchObject({
      revision: "9fec847784abb10b2fa567ee63b85bd238955d0e",
      name: "Unit Tests (Python)",
      status: "succeeded",
      startedAt: "2015-11-19T20:37:35.547Z",
      finishedAt: "2015-11-20T08:01:16.433Z",
    });
  });

  const json = jsonOf("bitbucket", "repo.commit_status_created.2.json");
  const status = (state: string, updated_on: string) =>
    said("repo:commit_status_updated", {
      ...json,
      commit_status: { ...json.commit_status, state, updated_on },
    });

  it.each([
    ["INPROGRESS", "running"],
    ["SUCCESSFUL", "succeeded"],
    ["FAILED", "failed"],
    ["STOPPED", "canceled"],
  ])("the state %s is %s", (state, expected) => {
    const said = status(state, "2025-03-24T09:00:00+00:00");
    expect(factOf("build", said)?.members.status).toBe(expected);
  });

  it("key is reused on a re-run: its last start and end count", () => {
    const all = [
      ...status("FAILED", "2025-03-24T09:00:00+00:00"),
      ...status("INPROGRESS", "2025-03-24T10:00:00+00:00"),
    ];
    expect(factOf("build", all)?.members).toMatchObject({
      status: "running",
      startedAt: "2025-03-24T10:00:00.000Z",
      finishedAt: null,
    });
  });

  it("a state that is not known is ignored", () => {
    expect(status("DREAMING", "2025-03-24T09:00:00+00:00")).toEqual([]);
  });
});
