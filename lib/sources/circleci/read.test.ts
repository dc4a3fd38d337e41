import { describe, expect, it } from "vitest";
import { circleci } from "@/lib/sources/circleci";
import { readCircleci } from "@/lib/sources/circleci/read";
import { verifySignature } from "@/lib/sources/circleci/signature";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const readFile = (file: string) => statementsOf(readCircleci(deliveryOf("circleci", file)));
const read = (json: unknown) =>
  readCircleci({
    source: "circleci",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const workflow = jsonOf("circleci", "workflow-completed.1.json");
const build = (json: unknown) => factOf("build", statementsOf(read(json)))?.members;

describe("a workflow", () => {
  it("is a build, with its times, repository, branch and revision", () => {
    const statements = readFile("workflow-completed.1.json");
    expect(statements[0]?.key).toBe("circleci/workflow:7381218b-d04c-4aa3-b8b8-8c00a9319d1f");
    expect(factOf("build", statements)?.members).toMatchObject({
      repository: "zulip-testing/circleci-webhook-test",
      branch: "main",
      revision: "a5e30a908224e46626a796d058289475f6d387b5",
      name: "sample",
      status: "succeeded",
      startedAt: "2022-09-20T12:54:26.737Z",
      finishedAt: "2022-09-20T12:54:38.599Z",
    });
  });

  it.each([
    [
      "workflow-completed.2.json",
      "zulip-testing/circleci-webhook-test",
      "c31f86994c54672f97b5bd5e544315b7bd40e4c1",
      "succeeded",
    ],
    [
      "workflow-completed.docs.2.json",
      "circleci/hello-world",
      "850a1519f25d14e968649cc420d1bd381715c05c",
      "failed",
    ],
  ])(
    "of a pipeline without vcs (%s) says it in its trigger's parameters",
    (file, repository, revision, status) => {
      const fact = factOf("build", readFile(file));
      expect(fact?.members).toMatchObject({ repository, revision, branch: "main", status });
    },
  );

  it("of the GitHub App is told by its trigger's git alone", () => {
    const git = {
      checkout_sha: "a".repeat(40),
      branch: "main",
      checkout_url: "https://github.com/acme/checkout.git",
    };
    const { vcs, ...pipeline } = workflow.pipeline;
    expect(
      build({ ...workflow, pipeline: { ...pipeline, trigger_parameters: { git } } }),
    ).toMatchObject({ repository: "acme/checkout", revision: "a".repeat(40), branch: "main" });
  });

  it("of a tag has no branch and no field of its commit, and is a build all the same", () => {
    expect(factOf("build", readFile("workflow-completed.tag.1.json"))?.members).toMatchObject({
      repository: "prah23/circleci-webhook-test",
      revision: "0e6e66c14e61fbcd95db716b0f30d67dbcce7814",
      branch: null,
      status: "succeeded",
    });
  });

  it.each([
    ["vcs.tag", { vcs: { ...workflow.pipeline.vcs, branch: "v1.2.0", tag: "v1.2.0" } }],
    [
      "its trigger's ref",
      {
        vcs: undefined,
        trigger_parameters: { git: { branch: "v1.2.0", ref: "refs/tags/v1.2.0" } },
      },
    ],
    [
      "its trigger's tag",
      { vcs: undefined, trigger_parameters: { git: { branch: "v1.2.0", tag: "v1.2.0" } } },
    ],
  ])("of a tag that %s names is of no branch", (_, pipeline) => {
    const json = { ...workflow, pipeline: { ...workflow.pipeline, ...pipeline } };
    expect(build(json)?.branch).toBeNull();
  });

  it("run again from failed is another build: its id is new, its pipeline the same", () => {
    const again = { ...workflow, workflow: { ...workflow.workflow, id: "again" } };
    expect(statementsOf(read(again))[0]?.key).toBe("circleci/workflow:again");
  });

  it.each([
    ["success", "succeeded"],
    ["failed", "failed"],
    ["error", "failed"],
    ["canceled", "canceled"],
    ["unauthorized", "canceled"],
    ["something-new", "canceled"],
  ])("%s is %s", (status, expected) => {
    const json = { ...workflow, workflow: { ...workflow.workflow, status } };
    expect(build(json)?.status).toBe(expected);
  });

  it("without its repository's address stands under the project's slug, then its name", () => {
    const { vcs, ...pipeline } = workflow.pipeline;
    expect(build({ ...workflow, pipeline })?.repository).toBe(
      "zulip-testing/circleci-webhook-test",
    );
    const project = { name: "checkout", slug: "circleci/89xcrx/63AY3y" };
    expect(build({ ...workflow, pipeline, project })?.repository).toBe("checkout");
  });
});

describe("a job", () => {
  it("is a stage of its workflow's build", () => {
    const job = readFile("job-completed.1.json");
    expect(job[0]?.key).toBe(readFile("workflow-completed.1.json")[0]?.key);
    expect(factOf("build", job)?.members).toMatchObject({
      stages: {
        "build-and-test": {
          status: "succeeded",
          startedAt: "2022-09-20T12:54:28.900Z",
          finishedAt: "2022-09-20T12:54:38.599Z",
        },
      },
    });
  });

  it("leaves its workflow running until that has ended itself: other jobs may follow", () => {
    const first = readFile("job-completed.1.json");
    expect(factOf("build", first)?.members).toMatchObject({
      status: "running",
      startedAt: "2022-09-20T12:54:26.737Z",
    });
    expect(factOf("build", first)?.members.finishedAt ?? null).toBeNull();
    const ended = [...readFile("workflow-completed.1.json"), ...first];
    for (const order of [ended, ended.toReversed()])
      expect(factOf("build", order)?.members).toMatchObject({
        status: "succeeded",
        finishedAt: "2022-09-20T12:54:38.599Z",
      });
  });

  it("that ended after its canceled workflow does not set it going again", () => {
    const job = jsonOf("circleci", "job-completed.1.json");
    const late = { ...job, job: { ...job.job, stopped_at: "2022-09-20T12:59:00.000Z" } };
    const canceled = { ...workflow, workflow: { ...workflow.workflow, status: "canceled" } };
    const said = [late, canceled].flatMap((json) => statementsOf(read(json)));
    expect(factOf("build", said)?.members.status).toBe("canceled");
  });

  it("tells no status of its workflow, so the workflow's own stands, whichever came first", () => {
    const failed = { ...workflow, workflow: { ...workflow.workflow, status: "failed" } };
    const said = [...readFile("job-completed.1.json"), ...statementsOf(read(failed))];
    for (const order of [said, said.toReversed()])
      expect(factOf("build", order)?.members.status).toBe("failed");
  });
});

it("a ping, with its short body, and events that are not known are ignored by name", () => {
  expect(readCircleci(deliveryOf("circleci", "ping.1.json"))).toMatchObject({
    outcome: "ignored",
    event: "ping",
  });
  expect(read({ type: "toString" })).toMatchObject({
    reason: "events of this name are not read",
  });
});

it("a workflow without an id is unreadable", () => {
  expect(() => read({ type: "workflow-completed" })).toThrow(
    expect.objectContaining({ code: "missing_field", field: "workflow.id" }),
  );
});

it("a delivery that comes twice has the same id", () => {
  const { headers, body } = deliveryOf("circleci", "job-completed.1.json");
  expect(circleci.deliveryId({ headers, body, receivedAt })).toBe(
    "e7346c18-44cb-331d-9d45-698a38edb2e0",
  );
  expect(circleci.deliveryId({ headers, body: Buffer.from("{"), receivedAt })).toBeNull();
});

describe("circleci-signature", () => {
  const signed = (value: string, body: string, secret: string) =>
    verifySignature({ headers: { "circleci-signature": value }, body: Buffer.from(body) }, secret);

  // Published in circleci/circleci-docs, outbound-webhooks.
  it.each([
    ["hello world", "secret", "734cc62f32841568f45715aeb9f4d7891324e6d948e4c6c60c0621cdac48623a"],
    [
      "lalala",
      "another-secret",
      "daa220016c8f29a8b214fbfc3671aeec2145cfb1e6790184ffb38b6d0425fa00",
    ],
    [
      "an-important-request-payload",
      "hunter123",
      "9be2242094a9a8c00c64306f382a7f9d691de910b4a266f67bd314ef18ac49fa",
    ],
    ["foo", "secret", "773ba44693c7553d6ee20f61ea5d2757a9a4f4a44d2841ae4e95b52e4cd62db4"],
  ])("the published vector of %j passes, and nothing near it", (body, secret, hex) => {
    expect(signed(`v1=${hex}`, body, secret)).toBe(true);
    expect(signed(`v2=abc, v1=${hex}`, body, secret)).toBe(true);
    expect(signed(`v1=${hex}`, `${body}.`, secret)).toBe(false);
    expect(signed(`v1=${hex}`, body, `${secret}.`)).toBe(false);
    expect(signed(`v2=${hex}`, body, secret)).toBe(false);
    expect(signed(hex, body, secret)).toBe(false);
  });

  it.each(["", "v1=", "v1=not-a-valid-signature"])("%j is refused", (value) => {
    expect(signed(value, "foo", "secret")).toBe(false);
  });

  it("of a test that settings send passes", () => {
    const test = circleci.testDelivery?.("t1", receivedAt);
    const body = test?.body ?? Buffer.from("");
    const headers = circleci.sign?.(body, "secret", {}) ?? {};
    expect(verifySignature({ headers, body }, "secret")).toBe(true);
  });
});
