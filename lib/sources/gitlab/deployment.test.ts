import { describe, expect, it } from "vitest";
import { gitlab } from "@/lib/sources/gitlab";
import { jsonOf } from "@/lib/sources/testing/fixtures";
import { readerFor } from "@/lib/sources/testing/provider";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = readerFor(gitlab);
const running = jsonOf("gitlab", "deployment.running.1.json");

describe("deployment", () => {
  it("fires on start as well as at the end: one deployment of both", () => {
    const all = ["deployment.running.1.json", "deployment.success.1.json"].flatMap(read.fixture);
    for (const order of [all, all.toReversed()])
      expect(factOf("deployment", order)?.members).toEqual({
        environment: "production",
        repository: "vedant8600317/test",
        branch: "master",
        revision: "58793660b22d6ceacbdc23b28a0562bca339702c",
        version: null,
        author: "theofficialvedantjoshi",
        url: "https://gitlab.com/vedant8600317/test/-/jobs/9905389091",
        status: "succeeded",
        queuedAt: null,
        startedAt: "2025-05-02T11:54:46.000Z",
        finishedAt: "2025-05-02T11:55:16.000Z",
      });
    expect(all[0]?.key).toBe("gitlab/job:9905389091");
  });

  it.each([
    ["deployment.failed.1.json", "failed", "2025-05-02T12:30:19.000Z"],
    ["deployment.canceled.1.json", "canceled", "2025-05-02T12:36:52.000Z"],
    ["deployment.success.2.json", "succeeded", "2021-04-28T19:50:00.000Z"],
  ])("%s is %s at %s", (file, status, finishedAt) => {
    expect(factOf("deployment", read.fixture(file))?.members).toMatchObject({ status, finishedAt });
  });

  it("of a tag has the version; a sender without environment_tier is read alike", () => {
    expect(factOf("deployment", read.fixture("deployment.success.2.json"))?.members).toMatchObject({
      environment: "staging",
      version: "1.0.0",
      revision: "279484c09fbe69ededfced8c1bb6e6d24616b468",
    });
  });

  const members = (change: object) => statementsOf(read.json({ ...running, ...change }))[0];

  it("its ref is a branch where it is the default one; a tag is told as none", () => {
    expect(members({ ref: "master" })?.members).toMatchObject({ branch: "master", version: null });
    const tagged = factOf("deployment", read.fixture("deployment.success.2.json"))?.members;
    expect(tagged).not.toHaveProperty("branch");
    expect(members({ ref: "release-of-may" })?.members).not.toHaveProperty("branch");
  });

  it("and what its job says of the ref stands, whichever came first", () => {
    const job = { ...jsonOf("gitlab", "job.success.1.json"), build_id: running.deployable_id };
    for (const [tag, branch] of [
      [true, null],
      [false, "release-of-may"],
    ]) {
      const said = [
        ...statementsOf(read.json({ ...running, ref: "release-of-may" })),
        ...statementsOf(read.json({ ...job, ref: "release-of-may", tag })),
      ].filter(({ noun }) => noun === "deployment");
      for (const order of [said, said.toReversed()])
        expect(factOf("deployment", order)?.members.branch).toBe(branch);
    }
  });

  it("only short_sha is given: the full one ends commit_url, else the short one stands", () => {
    expect(members({})?.members).toMatchObject({
      revision: "58793660b22d6ceacbdc23b28a0562bca339702c",
    });
    for (const commit_url of [null, "https://gitlab.com/a/b/-/commit/5879", 7])
      expect(members({ commit_url })?.members).toMatchObject({ revision: "58793660" });
  });

  it.each(["blocked", "approved", "rejected", "unheard_of"])(
    "manual and blocked deployments: %s deploys nothing yet",
    (status) => {
      expect(read.json({ ...running, status })).toMatchObject({
        outcome: "ignored",
        reason: "nothing is deployed yet",
      });
    },
  );

  it("one that no job makes, as the API's, is by its own id", () => {
    expect(members({ deployable_id: null })?.key).toBe("gitlab/deployment:988572802");
    expect(() => read.json({ ...running, deployable_id: null, deployment_id: null })).toThrow(
      "deployment_id",
    );
  });

  it.each([
    ["2025-05-02 11:54:46 +0000", "2025-05-02T11:54:46.000Z"],
    ["2016-08-22 20:41:06 UTC", "2016-08-22T20:41:06.000Z"],
    ["2021-04-28 21:50:00 +0200", "2021-04-28T19:50:00.000Z"],
    ["2026-05-28T05:04:31.155Z", "2026-05-28T05:04:31.155Z"],
  ])("three time formats: %s", (status_changed_at, asOf) => {
    expect(members({ status_changed_at })?.asOf).toBe(asOf);
  });
});

describe("a job with an environment", () => {
  const json = jsonOf("gitlab", "job.success.1.json");
  const deployments = (change: object) =>
    statementsOf(read.json({ ...json, ...change })).filter(({ noun }) => noun === "deployment");

  it("is a deployment, of the same key as the one whose deployable it is", () => {
    const [deployment] = deployments({});
    expect(deployment?.key).toBe("gitlab/job:3580121225");
    const hook = members({ deployable_id: 3580121225 });
    expect(hook?.key).toBe(deployment?.key);
    expect(factOf("deployment", deployments({}))?.members).toMatchObject({
      name: "auto_deploy:start",
      environment: "production",
      repository: "jsmithy2/release-tools-fake",
      revision: "95d49d1efbd941908580e79d65e4b5ecaf4a8305",
      author: "jsmithy2",
      status: "succeeded",
      queuedAt: "2023-01-10T13:50:02.000Z",
      startedAt: "2023-01-10T13:50:05.000Z",
      finishedAt: "2023-01-10T13:50:54.000Z",
    });
  });

  const members = (change: object) => statementsOf(read.json({ ...running, ...change }))[0];

  it.each(["stop", "prepare", "verify", "access"])(
    "with the action %s deploys nothing",
    (action) => {
      expect(deployments({ environment: { name: "production", action } })).toEqual([]);
    },
  );

  it("deploys where it names no action", () => {
    expect(deployments({ environment: { name: "production" } })).toHaveLength(1);
  });

  it.each([
    ["created", null, null, 0],
    ["pending", null, null, 1],
    ["running", json.build_started_at, null, 1],
    ["failed", null, json.build_finished_at, 1],
    ["canceled", null, json.build_finished_at, 0],
    ["canceled", json.build_started_at, json.build_finished_at, 1],
  ])("%s, started %s, ended %s: %i deployments", (status, started, finished, count) => {
    const times = { build_started_at: started, build_finished_at: finished };
    expect(deployments({ build_status: status, ...times })).toHaveLength(count);
  });
});
