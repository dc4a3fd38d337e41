import { describe, expect, it } from "vitest";
import type { Provider } from "@/lib/sources/reader";
import { configurableProviders } from "@/lib/sources/registry";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { readerFor } from "@/lib/sources/testing/provider";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

/** With GitHub's reader, which the registry gives it. */
const gitea = configurableProviders.find(({ name }) => name === "gitea") as Provider;
const read = readerFor(gitea);
const event = (name: string, json: unknown) => read.json(json, { "x-gitea-event": name });
const said = (name: string, json: unknown) => statementsOf(event(name, json));
const repository = { full_name: "acme/shop", default_branch: "main" };

describe("any delivery", () => {
  it("X-GitHub-Event is sent as well: the Gitea headers are looked at first", () => {
    const json = jsonOf("gitea", "tag_create.1.json");
    const headers = { "x-github-event": "push", "x-gitea-event": "create" };
    expect(read.json(json, headers).event).toBe("create");
    const delivery = deliveryOf("gitea", "tag_create.1.json");
    expect(gitea.eventName({ ...delivery, headers })).toBe("create");
    expect(read.json(json, { "x-forgejo-event": "create", "x-github-event": "push" }).event).toBe(
      "create",
    );
  });

  it("unknown events and the test of settings are ignored by name", () => {
    expect(event("wiki", { action: "edited" })).toEqual({
      outcome: "ignored",
      event: "wiki.edited",
      reason: "events of this name are not read",
    });
    const sent = gitea.testDelivery?.("t1", receivedAt);
    expect(sent && read.json({}, sent.headers).outcome).toBe("ignored");
    expect(sent && gitea.deliveryId({ ...sent, receivedAt })).toBe("t1");
    expect(() => read.json({})).toThrow("the event's name");
  });
});

it("a hook that posts a form is read alike", () => {
  const json = jsonOf("gitea", "push.1.json");
  const form = new URLSearchParams({ payload: JSON.stringify(json) }).toString();
  const headers = {
    "x-gitea-event": "push",
    "content-type": "application/x-www-form-urlencoded",
  };
  const sent = { source: "gitea", headers, body: Buffer.from(form), receivedAt };
  expect(gitea.read(sent)).toEqual(event("push", json));
});

describe("push", () => {
  const json = jsonOf("gitea", "push.1.json");

  it("is the branch's move and its commits", () => {
    expect(read.fixture("push.1.json")).toEqual([
      {
        noun: "push",
        key: "gogits/hello-world:master:9836a96a253cce25d17988fcf41b8c4205cf779f..4522cbcefc20728a5b72b3a86af35e608622c514",
        asOf: "2017-12-09T01:35:07.000Z",
        members: {
          repository: "gogits/hello-world",
          branch: "master",
          before: "9836a96a253cce25d17988fcf41b8c4205cf779f",
          after: "4522cbcefc20728a5b72b3a86af35e608622c514",
          forced: false,
          created: false,
          commits: ["4522cbcefc20728a5b72b3a86af35e608622c514"],
          complete: true,
          pushedAt: "2017-12-09T01:35:07.000Z",
        },
      },
      {
        noun: "commit",
        key: "gogits/hello-world@4522cbcefc20728a5b72b3a86af35e608622c514",
        asOf: "2017-12-09T01:35:07.000Z",
        members: {
          repository: "gogits/hello-world",
          revision: "4522cbcefc20728a5b72b3a86af35e608622c514",
          authoredAt: "2017-12-09T01:35:07.000Z",
          author: "unknwon",
          message: "Updated readme\n",
          paths: ["README.md"],
          url: "http://try.gitea.io/gogits/hello-world/commit/4522cbcefc20728a5b72b3a86af35e608622c514",
        },
      },
    ]);
  });

  const moved = (change: object) => said("push", { ...json, ...change })[0]?.members;
  const commits = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: index ? `c${index}` : json.after }));

  it("begins with the newest commit: kept oldest first", () => {
    expect(moved({ commits: commits(3) })).toMatchObject({ commits: ["c2", "c1", json.after] });
  });

  it("is cut at five, of which total_commits tells; without it a full list may be cut", () => {
    expect(moved({ commits: commits(5), total_commits: 6 })).toMatchObject({ complete: false });
    expect(moved({ commits: commits(5), total_commits: 5 })).toMatchObject({ complete: true });
    expect(moved({ commits: commits(5) })).toMatchObject({ complete: false });
    expect(moved({ commits: commits(4) })).toMatchObject({ complete: true });
  });

  it("that another branch than the default one was not forced is not known", () => {
    expect(moved({ ref: "refs/heads/topic" })).toMatchObject({ forced: true });
    expect(moved({ commits: [] })).toMatchObject({ forced: true });
  });

  it.each([
    ["deleted", { after: "0".repeat(40) }],
    ["made of known commits", { before: "0".repeat(40), commits: [] }],
    ["not moved, as in Gitea's test", { before: json.after }],
  ])("a branch that was %s tells nothing", (_, change) => {
    expect(event("push", { ...json, ...change }).outcome).toBe("ignored");
  });
});

describe("releases", () => {
  it("a created tag is one at its receipt, with its sha", () => {
    expect(read.fixture("tag_create.1.json")).toMatchObject([
      {
        key: "gitea/gogits/hello-world@v1.0.0",
        timeFromReceipt: true,
        members: {
          version: "v1.0.0",
          revision: "599d25c67b05717269f50ac082b34f176d085179",
          author: "unknwon",
        },
      },
    ]);
    expect(event("create", { repository, ref: "main", ref_type: "branch" }).outcome).toBe(
      "ignored",
    );
  });

  it("the tag, its push and the release of it are one, at its publication", () => {
    const tag = jsonOf("gitea", "tag_create.1.json");
    const push = { ...tag, ref: "refs/tags/v1.0.0", after: tag.sha, head_commit: { id: "abc" } };
    const all = [
      ...read.fixture("tag_create.1.json"),
      ...said("push", push),
      ...read.fixture("release.1.json"),
    ];
    expect(factOf("release", all)?.members).toMatchObject({
      at: "2017-12-10T01:30:43.000Z",
      title: "v1.0.0",
    });
  });

  it("drafts, updates and deletions release nothing", () => {
    const json = jsonOf("gitea", "release.1.json");
    for (const action of ["updated", "deleted"])
      expect(event("release", { ...json, action }).outcome).toBe("ignored");
    expect(event("release", { ...json, release: { ...json.release, draft: true } }).outcome).toBe(
      "ignored",
    );
  });
});

describe("pull requests", () => {
  it("merged: the time and the revision of the merge", () => {
    expect(
      factOf("pull_request", read.fixture("pull_request_merged.1.json"))?.members,
    ).toMatchObject({
      repository: "jcitizen/my-repo",
      number: 1,
      title: "Add LICENSE File",
      author: "jcitizen",
      branch: "feature",
      baseBranch: "master",
      openedAt: "2018-07-06T00:37:47.000Z",
      mergedAt: "2018-07-06T01:39:46.000Z",
      mergeRevision: "a148a755b627ac79f86bf3447e41927e1f4ad259",
      headRevision: "2eba238e33607c1fa49253182e9fff42baafa1eb",
    });
  });

  const request = { number: 4, user: { login: "ana" }, updated_at: "2026-01-01T10:00:00Z" };
  const review = (by: string) => ({
    action: "reviewed",
    repository,
    pull_request: request,
    review: { type: "pull_request_review_approved" },
    sender: { login: by },
  });

  it.each(["pull_request_approved", "pull_request_rejected", "pull_request_review_comment"])(
    "%s by somebody else is a review",
    (name) => {
      expect(factOf("pull_request", said(name, review("bo")))?.members).toMatchObject({
        number: 4,
        firstReviewAt: "2026-01-01T10:00:00.000Z",
      });
      expect(event(name, review("ana")).outcome).toBe("ignored");
    },
  );

  it("so is a comment on one, and none on an issue", () => {
    const comment = {
      action: "created",
      is_pull: true,
      repository,
      issue: { number: 4, user: { login: "ana" } },
      comment: { id: 7, user: { login: "bo" }, created_at: "2026-01-01T09:00:00Z" },
    };
    for (const name of ["issue_comment", "pull_request_comment"])
      expect(factOf("pull_request", said(name, comment))?.members.firstReviewAt).toBe(
        "2026-01-01T09:00:00.000Z",
      );
    expect(event("issue_comment", { ...comment, is_pull: false }).outcome).toBe("ignored");
    expect(event("issue_comment", { ...comment, action: "edited" }).outcome).toBe("ignored");
  });
});

describe("Gitea Actions", () => {
  const run = {
    id: 9,
    path: "ci.yml@refs/heads/main",
    event: "push",
    head_branch: "main",
    head_sha: "abc",
    status: "completed",
    conclusion: "success",
    started_at: "2026-01-01T10:00:00Z",
    completed_at: "2026-01-01T10:05:00Z",
  };

  it("a run is a build, its jobs are stages, and the run names it in any order", () => {
    const workflow_job = { ...run, id: 1, run_id: 9, name: "test", created_at: run.started_at };
    const all = [
      ...said("workflow_run", { action: "completed", repository, workflow_run: run }),
      ...said("workflow_job", { action: "completed", repository, workflow_job }),
    ];
    expect(all[1]?.members).not.toHaveProperty("name");
    for (const order of [all, all.toReversed()])
      expect(factOf("build", order)?.members).toMatchObject({
        name: "ci.yml",
        status: "succeeded",
        startedAt: "2026-01-01T10:00:00.000Z",
        finishedAt: "2026-01-01T10:05:00.000Z",
        defaultBranch: true,
        stages: { test: { status: "succeeded" } },
      });
  });

  it("a status stands in for a build", () => {
    const [build] = said("status", {
      repository,
      sha: "abc",
      context: "drone",
      state: "failure",
      updated_at: "2026-01-01T10:00:00Z",
    });
    expect(build?.members).toMatchObject({ name: "drone", status: "failed", fallback: true });
  });
});

describe("issues", () => {
  const issue = (action: string, minute: number, labels: string[], extra: object = {}) =>
    said("issues", {
      action,
      repository,
      issue: {
        number: 2,
        title: "Checkout is down",
        state: "open",
        labels: labels.map((name) => ({ name })),
        created_at: "2026-01-01T10:00:00Z",
        updated_at: `2026-01-01T10:0${minute}:00Z`,
        ...extra,
      },
    });

  it("all labels change at once: with an incident's it opens, without one it is over", () => {
    const all = [
      ...issue("opened", 0, []),
      ...issue("label_updated", 1, ["sev1", "web"]),
      ...issue("label_cleared", 4, []),
    ];
    expect(factOf("incident", all.toReversed())?.members).toMatchObject({
      openedAt: "2026-01-01T10:01:00.000Z",
      resolvedAt: "2026-01-01T10:04:00.000Z",
      severity: "sev1",
    });
    expect(factOf("incident", issue("label_updated", 1, ["web"]))).toBeNull();
  });

  it("closing it resolves it", () => {
    const closed = { state: "closed", closed_at: "2026-01-01T10:03:00Z" };
    const all = [...issue("opened", 0, ["incident"]), ...issue("closed", 3, ["incident"], closed)];
    expect(factOf("incident", all)?.members.resolvedAt).toBe("2026-01-01T10:03:00.000Z");
  });
});
