import { describe, expect, it } from "vitest";
import { gitlab } from "@/lib/sources/gitlab";
import { jsonOf } from "@/lib/sources/testing/fixtures";
import { readerFor } from "@/lib/sources/testing/provider";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = readerFor(gitlab);

describe("pipeline", () => {
  const files = ["pipeline.pending.1.json", "pipeline.started.1.json", "pipeline.succeeded.1.json"];

  it("is a build whose jobs are its stages, in whatever order it is told", () => {
    const all = files.flatMap(read.fixture);
    expect(factOf("build", all.slice(0, 1))?.members).toMatchObject({
      status: "queued",
      startedAt: null,
    });
    for (const order of [all, all.toReversed()]) {
      const build = factOf("build", order)?.members;
      expect(build).toMatchObject({
        repository: "TomaszKolek/my-awesome-project",
        branch: "master",
        defaultBranch: true,
        revision: "6f88e719ccde3804b1b669cef9dfb236a92fbbff",
        name: "pipeline",
        status: "succeeded",
        queuedAt: "2016-09-28T20:04:55.000Z",
        startedAt: "2016-09-28T20:21:04.000Z",
        finishedAt: "2016-09-28T20:22:34.000Z",
        url: "https://gitlab.com/TomaszKolek/my-awesome-project/-/pipelines/4414206",
      });
      expect(Object.keys(build?.stages ?? {}).sort()).toEqual(["job_name", "job_name2"]);
    }
    expect(all[0]?.key).toBe("gitlab/pipeline:4414206");
  });

  const json = jsonOf("gitlab", "pipeline.succeeded.1.json");
  const pipeline = (attributes: object, builds: unknown = json.builds) =>
    statementsOf(
      read.json({
        ...json,
        builds,
        object_attributes: { ...json.object_attributes, ...attributes },
      }),
    );

  it("one that is retried runs again, though it keeps its id and shows its last end", () => {
    const retried = {
      ...json.builds[0],
      id: 99,
      status: "running",
      created_at: "2016-09-28 21:00:00 UTC",
      started_at: "2016-09-28 21:00:05 UTC",
      finished_at: null,
    };
    const all = [
      ...pipeline({ status: "failed" }),
      ...pipeline({ status: "running" }, [retried, json.builds[1]]),
    ];
    expect(factOf("build", all)?.members).toMatchObject({
      status: "running",
      finishedAt: null,
      stages: { job_name2: { status: "running" } },
    });
  });

  it("of a merge request is not one of the default branch; queued_duration says its start", () => {
    expect(factOf("build", read.fixture("pipeline.docs.1.json"))?.members).toMatchObject({
      defaultBranch: false,
      startedAt: "2016-08-12T15:23:40.000Z",
    });
  });

  it("of a tag is on no branch", () => {
    const [build] = pipeline({ tag: true, ref: "v1.0" });
    expect(build?.members).toMatchObject({ branch: null, defaultBranch: false });
  });

  it("builds[].environment marks the jobs that deploy; those that wait or were skipped do not yet", () => {
    const docs = read.fixture("pipeline.docs.1.json");
    expect(docs.map(({ noun }) => noun)).toEqual(["build"]);
    const deploying = { ...json.builds[0], environment: { name: "production", action: "start" } };
    expect(pipeline({}, [deploying])[1]).toMatchObject({
      noun: "deployment",
      key: "gitlab/job:4541113",
      members: {
        name: "job_name2",
        environment: "production",
        revision: "6f88e719ccde3804b1b669cef9dfb236a92fbbff",
        url: "https://gitlab.com/TomaszKolek/my-awesome-project/-/jobs/4541113",
      },
    });
  });

  it("jobs left for a person to start are no stages, and a failure that is allowed fails none", () => {
    const [job] = json.builds;
    const builds = [
      { ...job, name: "manual", status: "manual" },
      { ...job, name: "skipped", status: "skipped" },
      { ...job, name: "lint", status: "failed", allow_failure: true },
    ];
    const stages = factOf("build", pipeline({}, builds))?.members.stages;
    expect(stages).toMatchObject({ lint: { status: "succeeded" } });
    expect(Object.keys(stages ?? {})).toEqual(["lint"]);
  });

  it("a status that is not known is ignored", () => {
    expect(pipeline({ status: "dreaming" })).toEqual([]);
  });
});

describe("the Job hook says object_kind build", () => {
  it("is a stage of its pipeline's build, which it stands for", () => {
    const [build] = read.fixture("job.success.1.json");
    expect(build?.key).toBe("gitlab/pipeline:743121198");
    expect(factOf("build", read.fixture("job.success.1.json"))?.members).toMatchObject({
      repository: "jsmithy2/release-tools-fake",
      branch: "main",
      revision: "95d49d1efbd941908580e79d65e4b5ecaf4a8305",
      name: "Build pipeline",
      status: "succeeded",
      finishedAt: "2023-01-10T13:50:54.000Z",
    });
  });

  it("without a project its repository is where it is cloned from", () => {
    for (const file of ["job.created.1.json", "job.created.2.json"])
      expect(factOf("build", read.fixture(file))?.members).toMatchObject({
        repository: "gitlab-org/gitlab-test",
        status: "queued",
      });
  });

  it("retries of a job are new ids: the stage is by name, the last one stands", () => {
    const json = jsonOf("gitlab", "job.success.1.json");
    const failed = read.json({ ...json, build_id: 1, build_status: "failed" });
    const again = {
      build_id: 2,
      build_created_at: "2023-01-10 14:00:00 UTC",
      build_started_at: "2023-01-10 14:00:05 UTC",
      build_finished_at: "2023-01-10 14:01:00 UTC",
    };
    const all = [read.json({ ...json, ...again }), failed].flatMap(statementsOf);
    expect(factOf("build", all)?.members).toMatchObject({
      status: "succeeded",
      finishedAt: "2023-01-10T14:01:00.000Z",
    });
    const deployments = all.filter(({ noun }) => noun === "deployment");
    expect(deployments.map(({ key }) => key).sort()).toEqual(["gitlab/job:1", "gitlab/job:2"]);
  });

  it("one that nobody started is ignored", () => {
    const json = jsonOf("gitlab", "job.created.1.json");
    expect(read.json({ ...json, build_status: "manual" })).toMatchObject({
      outcome: "ignored",
      reason: "the job has not run",
    });
  });
});
