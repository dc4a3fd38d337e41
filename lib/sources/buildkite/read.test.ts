import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { buildkite } from "@/lib/sources/buildkite";
import { readBuildkite } from "@/lib/sources/buildkite/read";
import { verifySignature } from "@/lib/sources/buildkite/signature";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const readFile = (file: string) => statementsOf(readBuildkite(deliveryOf("buildkite", file)));
const read = (json: unknown) =>
  readBuildkite({
    source: "buildkite",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const { jobs, pipeline, ...rest } = jsonOf("buildkite", "rest-build.1.json");
/** The webhook has the API's build without its jobs, its pipeline beside it. */
const webhook = (event: string, build: object = {}, extra: object = {}) =>
  read({ event, build: { ...rest, ...build }, pipeline, sender: { name: "ana" }, ...extra });
const build = (...json: Parameters<typeof webhook>) =>
  factOf("build", statementsOf(webhook(...json)))?.members;

describe("a build of the webhook", () => {
  it("is known by its id, with its times and where it belongs", () => {
    const statements = statementsOf(webhook("build.finished"));
    expect(statements[0]?.key).toBe("buildkite/build:f62a1b4d-10f9-4790-bc1c-e2c3a0c80983");
    expect(factOf("build", statements)?.members).toMatchObject({
      repository: "my-great-org/my-pipeline",
      branch: "main",
      revision: "abcd0b72a1e580e90712cdd9eb26d3fb41cd09c8",
      name: "great-pipeline",
      status: "succeeded",
      queuedAt: "2015-05-09T21:05:59.874Z",
      startedAt: "2015-05-09T21:05:59.874Z",
      finishedAt: "2015-05-09T21:08:59.874Z",
      url: "https://buildkite.com/my-great-org/my-pipeline/builds/2",
    });
  });

  it("of a tag is of no branch, though it stands under the tag's name", () => {
    expect(build("build.finished", { branch: "v1.2.0", tag: "v1.2.0" })?.branch).toBeNull();
    expect(build("build.finished", { tag: null })?.branch).toBe("main");
  });

  it("may show a later state than the event that caused it", () => {
    expect(build("build.running", { state: "passed" })).toMatchObject({ status: "succeeded" });
  });

  it.each([
    ["scheduled", "queued"],
    ["running", "running"],
    ["failing", "running"],
    ["passed", "succeeded"],
    ["failed", "failed"],
    ["canceled", "canceled"],
    ["skipped", "canceled"],
    ["not_run", "canceled"],
  ])("in state %s is %s", (state, status) => {
    expect(build("build.finished", { state })?.status).toBe(status);
  });

  it("that is blocked sends build.finished, and is not at its end", () => {
    const blocked = { state: "passed", blocked: true };
    expect(build("build.finished", blocked)).toMatchObject({ status: "running", finishedAt: null });
  });

  it("of HEAD has no revision yet", () => {
    expect(build("build.scheduled", { state: "scheduled", commit: "HEAD" })?.revision).toBeNull();
  });

  it("for a pull request is none of the default branch's", () => {
    const known = { pipeline: { ...pipeline, default_branch: "main" } };
    expect(build("build.finished", {}, known)?.defaultBranch).toBe(true);
    expect(build("build.finished", { pull_request: { id: "7" } }, known)?.defaultBranch).toBe(
      false,
    );
  });

  it("has no jobs: they come by events of their own, as stages", () => {
    expect(build("build.finished")).not.toHaveProperty("stages");
    const job = statementsOf(webhook("job.finished", { state: "running" }, { job: jobs[0] }));
    expect(job[0]?.members).toMatchObject({
      stages: { RSpec: { status: "succeeded", finishedAt: "2015-05-09T21:08:59.874Z" } },
    });
    expect(webhook("job.finished", {}, { job: { type: "waiter" } })).toMatchObject({
      outcome: "ignored",
    });
  });

  it("fails by no job that failed softly or was retried", () => {
    const job = { ...jobs[0], state: "failed", soft_failed: true };
    expect(statementsOf(webhook("job.finished", {}, { job }))[0]?.members).toMatchObject({
      stages: { RSpec: { status: "succeeded" } },
    });
    const retried = { ...jobs[0], state: "failed", retried: true };
    expect(webhook("job.finished", {}, { job: retried })).toMatchObject({ outcome: "ignored" });
  });
});

describe("a build of EventBridge", () => {
  it("writes its times as no other does, and comes in three events of one build", () => {
    const files = ["created", "started", "finished"].map(
      (each) => `eventbridge.build-${each}.1.json`,
    );
    const said = files.flatMap(readFile);
    expect(said.map(({ key }) => key)).toEqual(
      Array(3).fill("buildkite/build:8fcaa7b9-e175-4110-9f48-f79949806a31"),
    );
    for (const order of [said, said.toReversed()])
      expect(factOf("build", order)?.members).toMatchObject({
        repository: "project",
        revision: "5a741616cdf07dc87c5adafe784321eeeb639e33",
        status: "succeeded",
        startedAt: "2019-08-11T06:01:16.000Z",
        finishedAt: "2019-08-11T06:01:35.000Z",
      });
  });

  it("says in other words what the webhook says", () => {
    const events = ["created", "started", "finished", "failing", "blocked"].map((each) =>
      readBuildkite(deliveryOf("buildkite", `eventbridge.build-${each}.1.json`)),
    );
    expect(events.map(({ event }) => event)).toEqual([
      "build.created",
      "build.started",
      "build.finished",
      "build.failing",
      "build.finished",
    ]);
  });

  it("that is failing or blocked still runs", () => {
    for (const each of ["failing", "blocked"])
      expect(factOf("build", readFile(`eventbridge.build-${each}.1.json`))?.members).toMatchObject({
        status: "running",
        finishedAt: null,
      });
  });

  it("unblocked by a person is told by the build: the job's own event is ignored", () => {
    expect(
      readBuildkite(deliveryOf("buildkite", "eventbridge.job-activated.1.json")),
    ).toMatchObject({
      outcome: "ignored",
      event: "job.activated",
    });
  });
});

it("a build of the API brings its jobs as stages", () => {
  expect(factOf("build", readFile("rest-build.1.json"))?.members).toMatchObject({
    status: "succeeded",
    stages: { RSpec: { status: "succeeded", queuedAt: "2015-05-09T21:06:59.874Z" } },
  });
});

it("other events are ignored by name, a build without an id is unreadable", () => {
  expect(webhook("agent.connected")).toMatchObject({
    reason: "events of this name are not read",
  });
  expect(() => webhook("build.finished", { id: null })).toThrow(
    expect.objectContaining({ code: "missing_field", field: "build.id" }),
  );
});

it("the door names the event from the header, else from the body", () => {
  const { headers, body } = deliveryOf("buildkite", "eventbridge.build-failing.1.json");
  expect(buildkite.eventName({ headers, body, receivedAt })).toBe("build.failing");
  const named = { ...headers, "x-buildkite-event": "build.running" };
  expect(buildkite.eventName({ headers: named, body, receivedAt })).toBe("build.running");
});

describe("X-Buildkite-Signature", () => {
  const secret = "token";
  const body = Buffer.from('{"event":"ping"}');
  const timestamp = Math.floor(receivedAt.getTime() / 1000);
  const digest = (at: number, key = secret) =>
    createHmac("sha256", key).update(`${at}.`).update(body).digest("hex");
  const signed = (value: string, bytes: Uint8Array = body) =>
    verifySignature(
      { headers: { "x-buildkite-signature": value }, body: bytes, receivedAt },
      secret,
    );

  it("is over the timestamp, a dot and the body", () => {
    expect(signed(`timestamp=${timestamp},signature=${digest(timestamp)}`)).toBe(true);
    expect(
      buildkite.sign?.(body, secret, { "x-buildkite-signature": `timestamp=${timestamp}` }),
    ).toEqual({
      "x-buildkite-signature": `timestamp=${timestamp},signature=${digest(timestamp)}`,
    });
  });

  it("five minutes later, or before, proves nothing any more", () => {
    for (const [age, passes] of [
      [300, true],
      [301, false],
      [-301, false],
    ] as const) {
      const at = timestamp - age;
      expect(signed(`timestamp=${at},signature=${digest(at)}`)).toBe(passes);
    }
  });

  it.each([
    "",
    "signature=abc",
    `timestamp=${timestamp}`,
    `timestamp=x,signature=${digest(timestamp)}`,
    `timestamp=${timestamp + 1},signature=${digest(timestamp)}`,
    `timestamp=${timestamp},signature=${digest(timestamp, "another")}`,
    `timestamp=${timestamp},signature=${digest(timestamp)},signature=00`,
  ])("%s is refused", (value) => {
    expect(signed(value)).toBe(false);
  });

  it("of another body is refused", () => {
    const value = `timestamp=${timestamp},signature=${digest(timestamp)}`;
    expect(signed(value, Buffer.from('{"event":"pong"}'))).toBe(false);
  });
});
