import { describe, expect, it } from "vitest";
import { readGithub } from "@/lib/sources/github/read";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { readEvent, readFixture } from "@/lib/sources/testing/github";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

describe("deployment", () => {
  const base = jsonOf("github", "deployment_status.success.1.json");
  const status = (id: number, state: string, created_at: string | undefined) =>
    readEvent("deployment_status", {
      ...base,
      deployment_status: { ...base.deployment_status, id, state, created_at },
    });

  it("is keyed by its id, queued when created", () => {
    expect(factOf("deployment", readFixture("deployment.created.1.json"))?.members).toMatchObject({
      environment: "production",
      repository: "Codertocat/Hello-World",
      branch: "master",
      revision: "f95f852bd8fca8fcc58a9a2d6c842781e32a215e",
      status: "queued",
      queuedAt: "2019-05-15T15:20:53.000Z",
      startedAt: null,
      author: "Codertocat",
    });
    expect(readFixture("deployment.created.1.json")[0]?.key).toBe("github/145988746");
  });

  it("several statuses in any order: the first in_progress and the first final state are kept", () => {
    const readings = [
      status(5, "in_progress", "2019-05-15T15:24:00Z"),
      status(4, "success", "2019-05-15T15:23:00Z"),
      status(3, "failure", "2019-05-15T15:22:00Z"),
      status(2, "in_progress", "2019-05-15T15:21:30Z"),
      status(1, "waiting", "2019-05-15T15:21:00Z"),
    ];
    for (const order of [readings, readings.toReversed()])
      expect(factOf("deployment", order.flatMap(statementsOf))?.members).toMatchObject({
        status: "failed",
        queuedAt: "2019-05-15T15:20:53.000Z",
        startedAt: "2019-05-15T15:21:30.000Z",
        finishedAt: "2019-05-15T15:22:00.000Z",
      });
  });

  it.each([
    ["queued", "queued"],
    ["pending", "queued"],
    ["waiting", "queued"],
    ["in_progress", "running"],
    ["success", "succeeded"],
    ["failure", "failed"],
    ["error", "failed"],
  ])("%s is %s", (state, expected) => {
    const statements = statementsOf(status(1, state, "2019-05-15T15:21:00Z"));
    expect(factOf("deployment", statements)?.members.status).toBe(expected);
  });

  it("inactive, sent for the old deployment when a newer one succeeds, is ignored", () => {
    expect(status(9, "inactive", "2019-05-15T16:00:00Z")).toMatchObject({
      outcome: "ignored",
      event: "deployment_status.inactive",
      reason: expect.stringContaining("no failure"),
    });
    expect(status(9, "paused", "2019-05-15T16:00:00Z")).toMatchObject({
      reason: "a state that is not known here",
    });
  });

  it("payloads of 2014 without action and created_at take their receipt's time, marked", () => {
    const [failure] = readFixture("deployment_status.failure.1.json");
    expect(failure).toMatchObject({ asOf: receivedAt.toISOString(), timeFromReceipt: true });
    const all = [...readFixture("deployment_status.pending.1.json"), ...(failure ? [failure] : [])];
    expect(factOf("deployment", all)).toMatchObject({
      members: {
        service: "my-robot",
        status: "failed",
        queuedAt: "2014-05-20T08:07:39.000Z",
        finishedAt: receivedAt.toISOString(),
      },
      timeFromReceipt: true,
    });
  });

  it.each([
    [{ task: "rollback" }, { kind: "rollback" }],
    [{ payload: { task: "rollback" } }, { kind: "rollback" }],
    [{ payload: '{"rollback":true}' }, { kind: "rollback" }],
    [{ description: "Rolling back to 41" }, { kind: "rollback" }],
    [{ task: "hotfix" }, { hotfix: true }],
    [{ payload: { hotfix: true } }, { hotfix: true }],
  ])("%j declares %j", (change, expected) => {
    const json = { ...base, deployment: { ...base.deployment, ...change } };
    expect(statementsOf(readEvent("deployment", json))[0]?.members).toMatchObject(expected);
  });

  it("a description that mentions a rollback declares none", () => {
    const deployment = { ...base.deployment, description: "Fix the rollback button" };
    const [statement] = statementsOf(readEvent("deployment", { ...base, deployment }));
    expect(statement?.members).not.toHaveProperty("kind");
  });

  const members = (deployment: object, rest: object = {}) =>
    statementsOf(
      readEvent("deployment", {
        ...base,
        deployment: { ...base.deployment, ...deployment },
        ...rest,
      }),
    )[0]?.members;

  it.each([
    [{ payload: { service: "checkout", name: "shop" } }, { service: "checkout" }],
    [{ payload: { name: "shop" } }, { service: "shop" }],
    [{ payload: { service: 7 } }, { service: null }],
    [{ ref: "v1.2.3" }, { branch: "v1.2.3", version: "v1.2.3" }],
    [{ ref: "main" }, { branch: "main", version: null }],
    [{ ref: "main", payload: { version: "9" } }, { version: "9" }],
    [{ ref: base.deployment.sha }, { branch: null, version: null }],
    [{ task: "deploy:web" }, { name: "deploy:web" }],
  ])("%j reads as %j", (deployment, expected) => {
    expect(members(deployment)).toMatchObject(expected);
  });

  it("the task names it where it is not the preset one, else the workflow does", () => {
    const workflow = { name: "Deploy web" };
    expect(members({ task: "deploy" }, { workflow })).toMatchObject({ name: "Deploy web" });
    expect(members({ task: "migrate" }, { workflow })).toMatchObject({ name: "migrate" });
  });

  it("a status may name another environment, and its log's address or its target's", () => {
    const told = (extra: object) =>
      statementsOf(
        readEvent("deployment_status", {
          ...base,
          deployment_status: {
            id: 1,
            state: "success",
            created_at: "2019-05-15T15:21:00Z",
            ...extra,
          },
        }),
      )[0]?.members;
    expect(
      told({ environment: "canary", log_url: "https://l", target_url: "https://t" }),
    ).toMatchObject({ environment: "canary", url: "https://l" });
    expect(told({ log_url: "", target_url: "https://t" })).toMatchObject({
      environment: "production",
      url: "https://t",
    });
    expect(told({})).not.toHaveProperty("url");
  });

  it("an approval gate starts nothing", () => {
    expect(readGithub(deliveryOf("github", "deployment_review.requested.1.json")).outcome).toBe(
      "ignored",
    );
  });
});
