import { describe, expect, it } from "vitest";
import { bitbucketServer } from "@/lib/sources/bitbucket-server";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { readerFor } from "@/lib/sources/testing/provider";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = readerFor(bitbucketServer);
const said = (event: string, json: unknown) =>
  statementsOf(read.json(json, { "x-event-key": event }));

describe("any delivery", () => {
  it("a ping is ignored, and is what settings send as a test", () => {
    const ping = bitbucketServer.read(deliveryOf("bitbucket-server", "diagnostics.ping.1.json"));
    expect(ping).toMatchObject({ outcome: "ignored", event: "diagnostics:ping" });
    const sent = bitbucketServer.testDelivery?.("t1", receivedAt);
    expect(sent && read.json({ test: true }, sent.headers)).toEqual(ping);
    expect(sent && bitbucketServer.deliveryId({ ...sent, receivedAt })).toBe("t1");
  });

  it("is named by its header, else by its body; others are ignored by name", () => {
    const json = jsonOf("bitbucket-server", "pr.merged.1.json");
    expect(read.json(json).event).toBe("pr:merged");
    expect(read.json(json, { "x-event-key": "repo:forked" })).toMatchObject({
      outcome: "ignored",
      reason: "events of this name are not read",
    });
    expect(() => read.json({})).toThrow("X-Event-Key");
  });
});

describe("repo:refs_changed", () => {
  const json = jsonOf("bitbucket-server", "repo.refs_changed.1.json");
  const [change] = json.changes;
  const push = (part: object, rest: object = {}) =>
    said("repo:refs_changed", { ...json, ...rest, changes: [{ ...change, ...part }] });

  it("no commits in a push: the branch's move is known, what is between is not", () => {
    expect(read.fixture("repo.refs_changed.1.json")).toEqual([
      {
        noun: "push",
        key: "sbox/sandbox:master:7c4cae30d77990b9095024bdd6c7bf0d545d870b..e68c981ef53dbab0a5ca320a2d8d80e216c70528",
        asOf: "2019-03-17T12:45:52.000Z",
        members: {
          repository: "sbox/sandbox",
          branch: "master",
          before: "7c4cae30d77990b9095024bdd6c7bf0d545d870b",
          after: "e68c981ef53dbab0a5ca320a2d8d80e216c70528",
          forced: false,
          created: false,
          commits: [],
          complete: false,
          pushedAt: "2019-03-17T12:45:52.000Z",
        },
      },
    ]);
  });

  it("newer versions list them, newest first; complete where the first stands on the branch", () => {
    const commits = [
      { id: change.toHash, parents: [{ id: "b" }], authorTimestamp: 1_552_800_000_000 },
      { id: "b", parents: [{ id: change.fromHash }], author: { name: "bo" } },
    ];
    const [moved, first, last] = push({}, { commits });
    expect(moved?.members).toMatchObject({ commits: ["b", change.toHash], complete: true });
    expect(first?.members).toMatchObject({ revision: "b", author: "bo" });
    expect(last).toMatchObject({
      asOf: "2019-03-17T05:20:00.000Z",
      members: { parents: ["b"], authoredAt: "2019-03-17T05:20:00.000Z" },
    });
    const cut = push({}, { commits: commits.slice(0, 1) });
    expect(cut[0]?.members).toMatchObject({ complete: false });
  });

  it("a list beside several branches is of none of them", () => {
    const commits = [{ id: change.toHash, parents: [{ id: change.fromHash }] }];
    const other = { ...change, refId: "refs/heads/other" };
    const all = said("repo:refs_changed", { ...json, commits, changes: [change, other] });
    expect(all.map(({ noun }) => noun)).toEqual(["push", "push"]);
    expect(all[0]?.members).toMatchObject({ commits: [], complete: false });
  });

  it("a new branch begins nowhere, a deleted one is ignored", () => {
    expect(push({ type: "ADD", fromHash: "0".repeat(40) })[0]?.members).toMatchObject({
      before: null,
      created: true,
    });
    expect(push({ type: "DELETE", toHash: "0".repeat(40) })).toEqual([]);
  });

  it("a new tag is a release, by who pushed it, at the event's date", () => {
    expect(push({ refId: "refs/tags/v1", type: "ADD" })).toEqual([
      {
        noun: "release",
        key: "bitbucket-server/sbox/sandbox@v1",
        asOf: "2019-03-17T12:45:52.000Z",
        members: {
          repository: "sbox/sandbox",
          subject: "tag",
          version: "v1",
          revision: change.toHash,
          author: "hypro999",
          at: "2019-03-17T12:45:52.000Z",
        },
      },
    ]);
  });
});

describe("pull requests", () => {
  const json = jsonOf("bitbucket-server", "pr.merged.1.json");
  const event = (key: string, request: object, rest: object = {}) =>
    factOf(
      "pull_request",
      said(key, { ...json, ...rest, pullRequest: { ...json.pullRequest, ...request } }),
    )?.members;

  it("times are epoch milliseconds except the top-level date with an offset", () => {
    expect(factOf("pull_request", read.fixture("pr.merged.1.json"))?.members).toEqual({
      repository: "sbox/sandbox",
      number: 6,
      title: "sample_file: Add sample_file.txt.",
      branch: "master",
      baseBranch: "master",
      author: "hypro999",
      headRevision: "556bde1a2442562568fce6016de570516ac1c4f6",
      baseRevision: "d46b4d2e3326e106147c0ea748f7defba29d9e1e",
      mergeRevision: "1015204bf62881c5ef9e18e6e73e0211a667a00c",
      openedAt: "2019-03-26T03:57:46.612Z",
      mergedAt: "2019-03-26T10:22:23.394Z",
      closedAt: "2019-03-26T10:22:23.394Z",
      url: "http://139.59.64.214:7990/projects/SBOX/repos/sandbox/pull-requests/6",
    });
    const request = { updatedDate: null, closedDate: null };
    expect(event("pr:merged", request)?.mergedAt).toBe("2019-03-26T10:22:24.000Z");
  });

  it("declined is closed and not merged, open is neither", () => {
    expect(event("pr:declined", { state: "DECLINED" })).toMatchObject({
      mergedAt: null,
      mergeRevision: null,
      closedAt: "2019-03-26T10:22:23.394Z",
    });
    expect(event("pr:opened", { state: "OPEN", closedDate: null })).toMatchObject({
      mergedAt: null,
      closedAt: null,
    });
  });

  it.each([
    ["pr:reviewer:approved", { participant: { user: { name: "bo" } } }, "2019-03-26T10:22:24.000Z"],
    [
      "pr:comment:added",
      { comment: { id: 1, createdDate: 1_553_580_000_000 } },
      "2019-03-26T06:00:00.000Z",
    ],
  ])("%s by somebody else is its review", (key, rest, at) => {
    expect(event(key, {}, rest)?.firstReviewAt).toBe(at);
    const own = { actor: json.pullRequest.author.user, participant: null };
    expect(event(key, {}, { ...rest, ...own })?.firstReviewAt).toBeUndefined();
  });
});
