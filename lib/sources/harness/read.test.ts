import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { harness } from "@/lib/sources/harness";
import { readHarness } from "@/lib/sources/harness/read";
import { harnessSignature } from "@/lib/sources/harness/signature";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const readFile = (file: string) => statementsOf(readHarness(deliveryOf("harness", file)));
const read = (json: unknown, headers: Record<string, string> = {}) =>
  readHarness({ source: "harness", headers, body: Buffer.from(JSON.stringify(json)), receivedAt });
/** In the shape of developer.harness.io, Add a pipeline notification strategy. */
const pipeline = (eventType: string, extra: object = {}) => ({
  eventData: {
    orgIdentifier: "default",
    projectIdentifier: "payments",
    pipelineIdentifier: "deploy_prod",
    pipelineName: "Deploy prod",
    planExecutionId: "e1",
    executionUrl: "https://app.harness.io/e1",
    eventType,
    nodeStatus: "completed",
    triggeredBy: { name: "ana" },
    moduleInfo: {},
    startTs: 1724141971,
    endTs: 1724141982,
    ...extra,
  },
});
const told = { "pushline-service": "checkout", "pushline-environment": "production" };

describe("a pipeline", () => {
  it("in few fields, as others pass it on, is a build", () => {
    const statements = readFile("pipeline_end.1.json");
    expect(statements.map(({ noun, key }) => [noun, key])).toEqual([
      ["build", "harness/3y9YlBC9SrOn6W7bPT5nCw"],
    ]);
    expect(factOf("build", statements)?.members).toMatchObject({
      name: "deploy_prod",
      status: "failed",
      finishedAt: receivedAt.toISOString(),
    });
  });

  it("has its times in seconds, and its project where no repository is known", () => {
    expect(factOf("build", statementsOf(read(pipeline("PipelineSuccess"))))?.members).toMatchObject(
      {
        name: "Deploy prod",
        repository: "default/payments",
        status: "succeeded",
        startedAt: "2024-08-20T08:19:31.000Z",
        finishedAt: "2024-08-20T08:19:42.000Z",
      },
    );
  });

  it("that ended without saying when ended at its receipt, not at its start", () => {
    const ended = statementsOf(read(pipeline("PipelineFailed", { endTs: undefined })));
    expect(factOf("build", ended)).toMatchObject({
      timeFromReceipt: true,
      members: { startedAt: "2024-08-20T08:19:31.000Z", finishedAt: receivedAt.toISOString() },
    });
  });

  it("is no deployment by its name alone", () => {
    expect(statementsOf(read(pipeline("PipelineSuccess"))).map(({ noun }) => noun)).toEqual([
      "build",
    ]);
  });

  it("is a deployment by the headers that its rule adds", () => {
    const headers = {
      ...told,
      "pushline-repository": "acme/checkout",
      "pushline-revision": "<+codebase.commitSha>",
    };
    expect(
      factOf("deployment", statementsOf(read(pipeline("PipelineSuccess"), headers)))?.members,
    ).toMatchObject({
      service: "checkout",
      environment: "production",
      repository: "acme/checkout",
      revision: null,
      status: "succeeded",
      author: "ana",
    });
  });

  it("is a deployment of each service that its module names, in its one environment", () => {
    const cd = { envIdentifiers: ["prod"], serviceIdentifiers: ["api", "web"] };
    const statements = statementsOf(read(pipeline("PipelineSuccess", { moduleInfo: { cd } })));
    expect(statements.slice(1).map(({ key }) => key)).toEqual([
      "harness/e1:api:prod",
      "harness/e1:web:prod",
    ]);
    const two = { cd: { ...cd, envIdentifiers: ["prod", "staging"] } };
    expect(statementsOf(read(pipeline("PipelineSuccess", { moduleInfo: two })))).toHaveLength(1);
  });

  it("starts, ends and succeeds or fails as one execution, whatever arrives first", () => {
    const start = pipeline("PipelineStart", { nodeStatus: "started", endTs: undefined });
    const failed = pipeline("PipelineFailed", { nodeStatus: "failed" });
    const all = [start, failed].flatMap((json) => statementsOf(read(json, told)));
    for (const order of [all, all.toReversed()]) {
      expect(factOf("build", order)?.members.status).toBe("failed");
      expect(factOf("deployment", order)?.members).toMatchObject({
        status: "failed",
        startedAt: "2024-08-20T08:19:31.000Z",
      });
    }
  });

  it("sends its stages too: they are stages of its build, no builds", () => {
    const stage = pipeline("StageFailed", { stageName: "canary", nodeStatus: "failed" });
    expect(statementsOf(read(stage, told))).toMatchObject([
      { noun: "build", key: "harness/e1", members: { stages: { canary: { status: "failed" } } } },
    ]);
    expect(read(pipeline("StepFailed"))).toMatchObject({ outcome: "ignored" });
    expect(read(pipeline("STAGE_END"))).toMatchObject({ outcome: "ignored" });
  });

  it.each([
    ["SUCCESS", "succeeded"],
    ["IGNORE_FAILED", "succeeded"],
    ["ERRORED", "failed"],
    ["EXPIRED", "failed"],
    ["ABORTED", "canceled"],
    ["AbortedByFreeze", "canceled"],
    ["ApprovalRejected", "failed"],
    ["Skipped", "canceled"],
  ])("ended as %s is %s", (status, expected) => {
    const statements = statementsOf(read(pipeline("PIPELINE_END", { status })));
    expect(factOf("build", statements)?.members.status).toBe(expected);
  });

  it("that was aborted stops running: its end says so by the header that its rule adds", () => {
    const start = pipeline("PipelineStart", { nodeStatus: "started", endTs: undefined });
    const end = pipeline("PipelineEnd", { nodeStatus: "completed" });
    const all = [
      ...statementsOf(read(start, told)),
      ...statementsOf(read(end, { ...told, "pushline-status": "ABORTED" })),
    ];
    for (const order of [all, all.toReversed()]) {
      expect(factOf("build", order)?.members.status).toBe("canceled");
      expect(factOf("deployment", order)?.members).toMatchObject({
        status: "canceled",
        finishedAt: "2024-08-20T08:19:42.000Z",
      });
    }
  });

  it.each([
    ["completed", {}],
    ["completed", { "pushline-status": "<+pipeline.status>" }],
    ["SOMETHING_NEW", {}],
    ["running", {}],
  ])(
    "an end as %s (%j) says neither success nor failure, and is ignored",
    (nodeStatus, headers) => {
      expect(read(pipeline("PipelineEnd", { nodeStatus }), headers)).toMatchObject({
        outcome: "ignored",
        event: "pipelineend",
        reason: "an end that does not say how",
      });
    },
  );

  it("an end beside a failure of the same second leaves it failed, whichever came first", () => {
    const all = ["PipelineEnd", "PipelineFailed"].flatMap((event) =>
      statementsOf(
        read(pipeline(event, { nodeStatus: event === "PipelineEnd" ? "completed" : "failed" })),
      ),
    );
    for (const order of [all, all.toReversed()])
      expect(factOf("build", order)?.members.status).toBe("failed");
  });

  it.each([
    ["PipelineStart", "ResourceWaiting", "running"],
    ["PipelineStart", "QueuedExecutionConcurrencyReached", "queued"],
    ["PipelineStart", "SOMETHING_NEW", "running"],
    ["PipelineSuccess", "SOMETHING_NEW", "succeeded"],
    ["PipelineFailed", "SOMETHING_NEW", "failed"],
    ["PipelineFailed", "Aborted", "canceled"],
  ])("%s with %s is %s", (event, nodeStatus, expected) => {
    const statements = statementsOf(read(pipeline(event, { nodeStatus })));
    expect(factOf("build", statements)?.members.status).toBe(expected);
  });

  it("without its execution is unreadable", () => {
    expect(() => read(pipeline("PipelineSuccess", { planExecutionId: null }))).toThrow(
      expect.objectContaining({ field: "eventData.planExecutionId" }),
    );
  });
});

describe("Harness Code", () => {
  it("a merged pull request has its merge's revision and time; its number, not its address's", () => {
    const statements = readFile("pullreq_merged.1.json");
    expect(statements.map(({ key }) => key)).toEqual(["codeowners/asdsad#10"]);
    expect(factOf("pull_request", statements)?.members).toMatchObject({
      title: "Create xxasc",
      branch: "xas",
      baseBranch: "main",
      author: "Administrator",
      mergeRevision: "4ec41187008f77222a60dfa21cdbd980f6490443",
      mergedAt: "2023-12-20T08:10:52.000Z",
      closedAt: "2023-12-20T08:10:52.000Z",
    });
  });

  it("a pull request that was opened or closed is so at its receipt, marked", () => {
    const json = jsonOf("harness", "pullreq_merged.1.json");
    const created = statementsOf(read({ ...json, trigger: "pullreq_created" }));
    expect(created).toMatchObject([
      {
        timeFromReceipt: true,
        members: { openedAt: receivedAt.toISOString(), headRevision: json.sha },
      },
    ]);
    const closed = statementsOf(read({ ...json, trigger: "pullreq_closed" }));
    expect(closed[0]?.members).not.toHaveProperty("mergedAt");
  });

  it("an annotated tag is a release of the commit, not of the tag's own object", () => {
    const statements = readFile("tag_created.1.json");
    expect(statements.map(({ key }) => key)).toEqual([
      "harness/kmpySmUISimoRrJL6NL73w/harness-core@asd",
    ]);
    expect(factOf("release", statements)?.members).toMatchObject({
      subject: "tag",
      version: "asd",
      revision: "0f1835abe08473e07863540712d8389984b72dad",
      author: "Admin",
    });
  });

  it("a branch is a push and its commits, oldest first", () => {
    const json = jsonOf("harness", "tag_created.1.json");
    const [old, middle, last] = ["a", "b", "c"].map((letter) => letter.repeat(40));
    const commit = (sha: unknown) => ({ ...json.commit, sha });
    const branch = {
      ...json,
      trigger: "branch_updated",
      ref: { name: "refs/heads/main" },
      sha: last,
      old_sha: old,
      commits: [commit(last), commit(middle)],
      total_commits_count: 2,
    };
    expect(statementsOf(read(branch))).toMatchObject([
      {
        noun: "push",
        members: { before: old, after: last, commits: [middle, last], complete: true },
      },
      { noun: "commit", members: { revision: middle, author: "Jenny James", paths: [] } },
      { noun: "commit", members: { revision: last } },
    ]);
    const made = statementsOf(read({ ...branch, old_sha: "0".repeat(40), total_commits_count: 9 }));
    expect(made[0]?.members).toMatchObject({ before: null, created: true, complete: false });
  });

  it("what was deleted and events not known are ignored", () => {
    expect(read({ trigger: "branch_deleted" })).toMatchObject({ outcome: "ignored" });
    expect(read({ trigger: "pullreq_comment_created" })).toMatchObject({ outcome: "ignored" });
  });
});

it("X-Harness-Signature is the hex HMAC of exactly the body", () => {
  const body = Buffer.from("{}");
  const headers = harness.sign?.(body, "secret") ?? {};
  expect(harnessSignature.verify({ headers, body }, "secret")).toBe(true);
  expect(harnessSignature.verify({ headers, body: Buffer.from("{} ") }, "secret")).toBe(false);
  expect(harnessSignature.verify({ headers, body }, "other")).toBe(false);
  expect(harnessSignature.verify({ headers: {}, body }, "secret")).toBe(false);
});

it("the rule to paste is YAML whose headers say what is deployed", () => {
  const given = {
    name: "harness",
    auth: "bearer" as const,
    username: "",
    header: "",
    address: "https://pushline.example/api/webhooks/harness",
    origin: "https://pushline.example",
    secret: "s3cret",
    at: "2026-11-21T09:00:00Z",
  };
  const [rule] = parse(harness.guide.steps(given)[0]?.code ?? "").notificationRules;
  const { webhookUrl, headers } = rule.notificationMethod.spec;
  expect(webhookUrl).toBe(given.address);
  expect(headers).toMatchObject({ authorization: "Bearer s3cret", "pushline-service": "checkout" });
  for (const header of Object.keys(headers).filter((each) => each.startsWith("pushline-")))
    expect(harness.keptHeaders).toContain(header);
});
