import { describe, expect, it } from "vitest";
import { readSpinnaker } from "@/lib/sources/spinnaker/read";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (json: unknown) =>
  readSpinnaker({
    source: "spinnaker",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const readFile = (file: string) => statementsOf(readSpinnaker(deliveryOf("spinnaker", file)));
const minute = (minutes: number) => Date.parse("2026-11-20T10:00:00Z") + minutes * 60_000;
const at = (minutes: number) => new Date(minute(minutes)).toISOString();
const stage = (type: string, status: string, account: string, start?: number, end?: number) => ({
  type,
  status,
  context: { account },
  ...(start !== undefined && { startTime: minute(start) }),
  ...(end !== undefined && { endTime: minute(end) }),
});
/** In the shape of echo's events about orca's executions. */
const pipeline = (
  type: string,
  status: string,
  stages: object[],
  created: number,
  extra: object = {},
) => ({
  details: { source: "orca", type, application: "checkout", created: String(minute(created)) },
  content: {
    execution: {
      id: "01J",
      application: "checkout",
      name: "Deploy to live",
      status,
      buildTime: minute(0),
      stages,
      trigger: {
        user: "ana",
        hash: "a".repeat(40),
        project: "acme",
        slug: "checkout",
        branch: "main",
        artifacts: [
          { type: "docker/image", version: "2.481.0", reference: "acme/checkout:2.481.0" },
        ],
      },
      ...extra,
    },
  },
});

describe("a build of igor", () => {
  it("is known by its server, job and number, with times that are text", () => {
    const statements = readFile("igor-build.1.json");
    expect(statements.map(({ key }) => key)).toEqual([
      "spinnaker/build:spinnaker/T-800 Hubot Keep-Alive#172518",
    ]);
    expect(factOf("build", statements)?.members).toMatchObject({
      repository: "T-800 Hubot Keep-Alive",
      name: "T-800 Hubot Keep-Alive",
      revision: null,
      status: "succeeded",
      startedAt: "2015-03-24T22:56:00.391Z",
      finishedAt: "2015-03-24T22:56:00.648Z",
    });
  });

  it("with one artifact names it", () => {
    expect(factOf("build", readFile("igor-build.2.json"))?.members).toMatchObject({
      artifact: "nomograms_1.0-h59.9cfb552_all.deb",
      finishedAt: "2015-03-24T22:55:53.717Z",
    });
  });

  it("may know its commit, or still be building", () => {
    const json = jsonOf("spinnaker", "igor-build.1.json");
    const scm = [
      { sha1: "b".repeat(40), branch: "main", remoteUrl: "git@github.com:acme/checkout.git" },
    ];
    json.content.project.lastBuild = {
      ...json.content.project.lastBuild,
      building: true,
      result: null,
      scm,
    };
    expect(factOf("build", statementsOf(read(json)))?.members).toMatchObject({
      repository: "acme/checkout",
      branch: "main",
      revision: "b".repeat(40),
      status: "running",
      finishedAt: null,
    });
  });
});

describe("an execution", () => {
  const whole = [
    stage("findImage", "SUCCEEDED", "", 1, 2),
    stage("deployManifest", "SUCCEEDED", "eks-staging", 2, 4),
    stage("deployManifest", "SUCCEEDED", "eks-live", 5, 8),
    stage("deployManifest", "SUCCEEDED", "eks-live", 6, 9),
  ];

  it("is a deployment in each account that its stages deploy to", () => {
    const statements = statementsOf(
      read(pipeline("orca:pipeline:complete", "SUCCEEDED", whole, 10)),
    );
    expect(statements).toMatchObject([
      { noun: "deployment", key: "spinnaker/01J:eks-staging" },
      {
        noun: "deployment",
        key: "spinnaker/01J:eks-live",
        asOf: at(10),
        members: {
          name: "Deploy to live",
          service: "checkout",
          environment: "eks-live",
          repository: "acme/checkout",
          branch: "main",
          revision: "a".repeat(40),
          version: "2.481.0",
          artifact: "acme/checkout:2.481.0",
          author: "ana",
          status: "succeeded",
          queuedAt: at(0),
          startedAt: at(5),
          finishedAt: at(9),
        },
      },
    ]);
  });

  it("tells the same in events of its stages, and nothing in those of its tasks", () => {
    const started = [stage("deploy", "RUNNING", "live", 3)];
    const ended = [stage("deploy", "TERMINAL", "live", 3, 6)];
    const all = [
      ...statementsOf(read(pipeline("orca:pipeline:failed", "TERMINAL", ended, 7))),
      ...statementsOf(read(pipeline("orca:stage:starting", "RUNNING", started, 3))),
    ];
    for (const order of [all, all.toReversed()])
      expect(factOf("deployment", order)?.members).toMatchObject({
        status: "failed",
        startedAt: at(3),
        finishedAt: at(6),
      });
    expect(read(pipeline("orca:task:complete", "RUNNING", started, 4))).toMatchObject({
      outcome: "ignored",
    });
  });

  it("that starts has queued what it will deploy; over, it canceled what never ran", () => {
    const waiting = [stage("deploy", "NOT_STARTED", "live")];
    const [queued] = statementsOf(read(pipeline("orca:pipeline:starting", "RUNNING", waiting, 0)));
    expect(queued?.members).toMatchObject({ status: "queued", startedAt: null });
    const over = pipeline("orca:pipeline:failed", "TERMINAL", waiting, 5, { endTime: minute(4) });
    expect(statementsOf(read(over))[0]?.members).toMatchObject({
      status: "canceled",
      finishedAt: at(4),
    });
  });

  it("without a stage that deploys deploys nothing", () => {
    const stages = [stage("runJob", "SUCCEEDED", "live", 1, 2)];
    expect(read(pipeline("orca:pipeline:complete", "SUCCEEDED", stages, 3))).toMatchObject({
      outcome: "ignored",
      reason: "the pipeline has no stage that deploys",
    });
  });

  it("whose stages roll back declares a rollback", () => {
    const stages = [stage("undoRolloutManifest", "SUCCEEDED", "live", 1, 2)];
    const rolled = statementsOf(read(pipeline("orca:pipeline:complete", "SUCCEEDED", stages, 3)));
    expect(rolled[0]?.members).toMatchObject({ kind: "rollback", status: "succeeded" });
    // The trigger's commit is what was undone, if anything.
    expect(rolled[0]?.members).toMatchObject({ revision: null, version: null, artifact: null });
  });

  it("that undoes what it deployed is a deployment and a rollback", () => {
    const stages = [
      stage("deploy", "SUCCEEDED", "live", 1, 3),
      stage("rollbackCluster", "SUCCEEDED", "live", 4, 5),
    ];
    const both = statementsOf(read(pipeline("orca:pipeline:failed", "TERMINAL", stages, 6)));
    expect(both).toMatchObject([
      { key: "spinnaker/01J:live", members: { status: "succeeded", finishedAt: at(3) } },
      { key: "spinnaker/01J:live:rollback", members: { kind: "rollback", finishedAt: at(5) } },
    ]);
    expect(both[0]?.members).not.toHaveProperty("kind");
  });

  it.each(["NOT_STARTED", "SKIPPED"])("whose rollback is %s rolled nothing back", (status) => {
    const stages = [
      stage("deploy", "SUCCEEDED", "live", 1, 3),
      stage("rollbackCluster", status, "live"),
    ];
    const said = statementsOf(read(pipeline("orca:pipeline:complete", "SUCCEEDED", stages, 6)));
    expect(said.map(({ key }) => key)).toEqual(["spinnaker/01J:live"]);
  });

  it("that passes over one of its stages is as far as the others", () => {
    const skipped = stage("deployManifest", "SKIPPED", "live");
    const run = stage("deployManifest", "SUCCEEDED", "live", 2, 4);
    const statusOf = (stages: object[]) =>
      statementsOf(read(pipeline("orca:pipeline:complete", "SUCCEEDED", stages, 6)))[0]?.members;
    expect(statusOf([skipped, run])).toMatchObject({ status: "succeeded", finishedAt: at(4) });
    expect(statusOf([skipped])).toMatchObject({ status: "canceled" });
  });

  it("finds the account in a stage's clusters", () => {
    const stages = [
      { type: "deploy", status: "SUCCEEDED", context: { clusters: [{ account: "aws" }] } },
    ];
    const [first] = statementsOf(read(pipeline("orca:pipeline:complete", "SUCCEEDED", stages, 3)));
    expect(first?.members).toMatchObject({ environment: "aws", finishedAt: at(3) });
  });

  it("flattened into text is the same", () => {
    const json = pipeline("orca:pipeline:complete", "SUCCEEDED", whole, 10);
    const flat = { ...json, content: JSON.stringify(json.content) };
    expect(statementsOf(read(flat))).toEqual(statementsOf(read(json)));
    expect(() => read({ ...json, content: "{" })).toThrow(
      expect.objectContaining({ field: "content.execution.id" }),
    );
  });
});

it("events of other kinds are ignored by name", () => {
  expect(read({ details: { type: "git" }, content: {} })).toMatchObject({
    reason: "events of this name are not read",
  });
});
