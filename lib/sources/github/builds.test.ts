import { describe, expect, it } from "vitest";
import { attemptStatus } from "@/lib/sources/github/conclusion";
import { jsonOf } from "@/lib/sources/testing/fixtures";
import { readEvent, readFixture } from "@/lib/sources/testing/github";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

describe("workflow_run", () => {
  it("requested with the conclusion action_required waits, so it is queued", () => {
    expect(readFixture("workflow_run.requested.2.json")[0]?.members).toMatchObject({
      status: "queued",
      startedAt: null,
      finishedAt: null,
    });
  });

  it("status and conclusion outrank an action that disagrees", () => {
    expect(readFixture("workflow_run.in_progress.2.json")[0]?.members).toMatchObject({
      status: "succeeded",
      finishedAt: "2025-03-24T08:03:46.000Z",
    });
  });

  it("a re-run keeps the id and raises run_attempt: a build of its own", () => {
    const json = jsonOf("github", "workflow_run.completed.1.json");
    const again = {
      ...json,
      workflow_run: {
        ...json.workflow_run,
        run_attempt: 2,
        run_started_at: "2020-10-06T10:00:00Z",
      },
    };
    expect(readFixture("workflow_run.completed.1.json")[0]).toMatchObject({
      key: "github/run:289782451:1",
      members: { name: "test", queuedAt: "2020-10-05T16:33:24.000Z" },
    });
    expect(statementsOf(readEvent("workflow_run", again))[0]).toMatchObject({
      key: "github/run:289782451:2",
      members: { attempt: 2, queuedAt: "2020-10-06T10:00:00.000Z" },
    });
  });

  it("requested, in_progress and completed in any order end completed", () => {
    const all = ["completed.1", "requested.1", "in_progress.1"].flatMap((name) =>
      readFixture(`workflow_run.${name}.json`),
    );
    for (const order of [all, all.toReversed()])
      expect(factOf("build", order)?.members.status).toBe("succeeded");
  });
});

describe("workflow_job", () => {
  it("is a stage of its run's build, and alone makes the build known", () => {
    const jobs = [
      ...readFixture("workflow_job.completed.1.json"),
      ...readFixture("workflow_job.queued.1.json"),
    ];
    expect(factOf("build", jobs)?.members).toMatchObject({
      repository: "Codertocat/Hello-World",
      revision: "3484a3fb816e0859fd6e1cea078d76385ff50625",
      name: "CodeQL",
      status: "running",
      stages: {
        linters: { status: "succeeded", finishedAt: "2021-08-05T10:38:16.000Z" },
        update: { status: "queued", startedAt: null },
      },
    });
  });
});

describe("check_run, check_suite and status", () => {
  it.each(["check_run.completed.1", "check_suite.completed.1", "status.1"])(
    "%s is a fallback for a build",
    (name) => {
      expect(readFixture(`${name}.json`)[0]?.members).toMatchObject({
        status: "succeeded",
        fallback: true,
      });
    },
  );

  it("the statuses of one context are one build, started when pending", () => {
    const json = jsonOf("github", "status.1.json");
    const pending = { ...json, id: 1, state: "pending", updated_at: "2019-05-15T15:20:00Z" };
    expect(
      factOf("build", [
        ...readFixture("status.1.json"),
        ...statementsOf(readEvent("status", pending)),
      ])?.members,
    ).toMatchObject({
      status: "succeeded",
      startedAt: "2019-05-15T15:20:00.000Z",
      finishedAt: "2019-05-15T15:20:55.000Z",
    });
  });
});

describe("status and conclusion", () => {
  it.each([
    ["completed", "success", "succeeded"],
    ["completed", "neutral", "succeeded"],
    ["completed", "failure", "failed"],
    ["completed", "timed_out", "failed"],
    ["completed", "startup_failure", "failed"],
    ["completed", "cancelled", "canceled"],
    ["completed", "skipped", "canceled"],
    ["completed", "stale", "canceled"],
    ["completed", "a_new_one", "canceled"],
    ["completed", null, "canceled"],
    ["completed", "action_required", "queued"],
    ["in_progress", null, "running"],
    ["waiting", null, "queued"],
    [undefined, undefined, "queued"],
  ])("%s with %s is %s", (status, conclusion, expected) => {
    expect(attemptStatus(status, conclusion)).toBe(expected);
  });

  it("the times of a check suite are its making and, once it ended, its last update", () => {
    expect(readFixture("check_suite.completed.1.json")[0]?.members).toMatchObject({
      name: "octocoders-linter",
      queuedAt: "2019-05-15T15:20:31.000Z",
      finishedAt: "2019-05-15T15:21:14.000Z",
    });
    expect(readFixture("check_suite.requested.1.json")[0]?.members).toMatchObject({
      status: "queued",
      finishedAt: null,
    });
    expect(readFixture("check_run.created.1.json")[0]?.members).toMatchObject({
      status: "queued",
      startedAt: null,
      finishedAt: null,
    });
  });
});
