import { describe, expect, it } from "vitest";
import { azureDevops } from "@/lib/sources/azuredevops";
import { jsonOf } from "@/lib/sources/testing/fixtures";
import { readerFor } from "@/lib/sources/testing/provider";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = readerFor(azureDevops);
const built = jsonOf("azuredevops", "build.complete.1.json");
const build = (resource: object) =>
  statementsOf(read.json({ ...built, resource: { ...built.resource, ...resource } }));

describe("build.complete", () => {
  it("old versions: how it went in status, where from in sourceGetVersion, no repository", () => {
    const [statement] = read.fixture("build.complete.1.json");
    expect(statement).toMatchObject({
      key: "azuredevops/build:2",
      asOf: "2015-04-07T18:06:10.690Z",
      members: {
        repository: "ConsumerAddressModule",
        branch: "master",
        revision: "600c52d2d5b655caa111abfd863e5a9bd304bb0e",
        name: "ConsumerAddressModule",
        status: "succeeded",
        startedAt: "2015-04-07T18:04:06.830Z",
        finishedAt: "2015-04-07T18:06:10.690Z",
      },
    });
  });

  const newer = {
    status: "completed",
    result: "failed",
    sourceGetVersion: null,
    sourceBranch: "refs/heads/main",
    sourceVersion: "abc",
    queueTime: "2015-04-07T18:03:00.1234567Z",
    repository: { type: "TfsGit", url: "https://dev.azure.com/acme/shop/_git/checkout" },
  };

  it("newer ones: a result, a branch, a revision and a repository", () => {
    expect(factOf("build", build(newer))?.members).toMatchObject({
      repository: "shop/checkout",
      branch: "main",
      revision: "abc",
      status: "failed",
      queuedAt: "2015-04-07T18:03:00.123Z",
    });
    const ofGithub = { type: "GitHub", id: "acme/checkout" };
    expect(build({ repository: ofGithub })[0]?.members).toMatchObject({
      repository: "acme/checkout",
    });
    const ofProject = { repository: { name: "checkout" }, project: { name: "shop" } };
    expect(build(ofProject)[0]?.members).toMatchObject({ repository: "shop/checkout" });
  });

  it.each([
    ["succeeded", "succeeded"],
    ["partiallySucceeded", "succeeded"],
    ["failed", "failed"],
    ["canceled", "canceled"],
  ])("the result %s is %s", (result, status) => {
    expect(build({ status: "completed", result })[0]?.members).toMatchObject({ status });
  });

  it("an unknown one is ignored; a pull request's branch is none", () => {
    expect(build({ status: "completed", result: "dreamt" })).toEqual([]);
    const [ofRequest] = build({ ...newer, sourceBranch: "refs/pull/4/merge" });
    expect(ofRequest?.members).toMatchObject({ branch: null });
  });
});

const resource = (state: string, result: string | null, more: object = {}) => ({
  run: { id: 2, state, result, createdDate: "2022-11-21T16:40:00Z", name: "20221121.5" },
  pipeline: { name: "TEST-CI" },
  repositories: [{ url: "https://ana@dev.azure.com/acme/shop/_git/checkout" }],
  ...more,
});
const sent = (eventType: string, createdDate: string, given: object) =>
  statementsOf(read.json({ eventType, createdDate, resource: given }));

describe("runs and stages of pipelines in YAML", () => {
  const run = (at: string, ...of: Parameters<typeof resource>) =>
    sent("ms.vss-pipelines.run-state-changed-event", at, resource(...of));

  it("a run is the same build as its completion's", () => {
    const all = [
      ...run("2022-11-21T16:41:00Z", "inProgress", null),
      ...run("2022-11-21T16:45:00Z", "completed", "succeeded"),
    ];
    expect(all[0]?.key).toBe(build({})[0]?.key);
    for (const order of [all, all.toReversed()])
      expect(factOf("build", order)?.members).toMatchObject({
        repository: "shop/checkout",
        name: "TEST-CI",
        status: "succeeded",
        queuedAt: "2022-11-21T16:40:00.000Z",
        startedAt: "2022-11-21T16:41:00.000Z",
        finishedAt: "2022-11-21T16:45:00.000Z",
      });
  });

  const stage = (
    at: string,
    name: string,
    state: string,
    result: string | null = null,
    extra: object = {},
  ) =>
    sent(
      "ms.vss-pipelines.stage-state-changed-event",
      at,
      resource("inProgress", null, { stage: { name, state, result, ...extra } }),
    );

  it("a stage that is run again deploys again: its first attempt keeps its failure and its times", () => {
    const attempt = (number: number, minute: number, result: string) => [
      ...stage(`2022-11-21T16:${minute}:00Z`, "Deploy_Production", "running", null, {
        attempt: number,
      }),
      ...stage(`2022-11-21T16:${minute + 1}:00Z`, "Deploy_Production", "completed", result, {
        attempt: number,
      }),
    ];
    const all = [...attempt(1, 43, "failed"), ...attempt(2, 50, "succeeded")];
    const of = (key: string) =>
      factOf(
        "deployment",
        all.filter((said) => said.noun === "deployment" && said.key === key),
      )?.members;
    const key = all.find(({ noun }) => noun === "deployment")?.key ?? "";
    expect(of(key)).toMatchObject({ status: "failed", finishedAt: "2022-11-21T16:44:00.000Z" });
    expect(of(`${key}:2`)).toMatchObject({
      status: "succeeded",
      startedAt: "2022-11-21T16:50:00.000Z",
      finishedAt: "2022-11-21T16:51:00.000Z",
    });
    expect(
      factOf(
        "build",
        all.toReversed().filter(({ noun }) => noun === "build"),
      )?.members.stages,
    ).toMatchObject({ Deploy_Production: { status: "succeeded" } });
  });

  it("a stage is one of its run's build", () => {
    const all = stage("2022-11-21T16:42:00Z", "test", "completed", "failed");
    expect(all.map(({ noun }) => noun)).toEqual(["build"]);
    expect(factOf("build", all)?.members.stages).toMatchObject({ test: { status: "failed" } });
    expect(stage("2022-11-21T16:42:00Z", "test", "completed", "skipped")).toEqual([]);
  });

  it.each(["Deploy_Production", "deploy to Production", "Deployment-Production"])(
    "the stage %s deploys to Production",
    (name) => {
      const all = [
        ...stage("2022-11-21T16:43:00Z", name, "running"),
        ...stage("2022-11-21T16:44:00Z", name, "completed", "succeeded"),
      ];
      expect(factOf("deployment", all.toReversed())?.members).toMatchObject({
        environment: "Production",
        name: "TEST-CI",
        repository: "shop/checkout",
        status: "succeeded",
        startedAt: "2022-11-21T16:43:00.000Z",
        finishedAt: "2022-11-21T16:44:00.000Z",
      });
    },
  );

  it.each([
    ["waiting", null],
    ["notStarted", null],
    ["completed", "rejected"],
    ["completed", "skipped"],
  ])("one that is %s (%s) deploys nothing", (state, result) => {
    const nouns = stage("2022-11-21T16:43:00Z", "Deploy_Production", state, result);
    expect(nouns.filter(({ noun }) => noun === "deployment")).toEqual([]);
  });
});

describe("classic releases", () => {
  const file = "ms.vss-release.deployment-completed-event.1.json";
  const json = jsonOf("azuredevops", file);
  const completed = (change: object) =>
    statementsOf(read.json({ ...json, resource: { ...json.resource, ...change } }));

  it("no sha in the release event, releaseId may be 0: the version is the release's name", () => {
    const [statement] = read.fixture(file);
    expect(statement?.key).toBe("azuredevops/environment:5:1");
    expect(statement?.members).not.toHaveProperty("revision");
    expect(factOf("deployment", statement ? [statement] : [])?.members).toMatchObject({
      service: "Fabrikam",
      environment: "Dev",
      version: "Release-1",
      status: "succeeded",
      finishedAt: "2016-01-21T08:19:17.260Z",
    });
  });

  it("started and completed are one deployment; to be deployed again is another", () => {
    const times = { attempt: 2, startedOn: "2016-01-21T08:00:00Z" };
    const done = { ...times, completedOn: "2016-01-21T08:10:00Z" };
    const started = read.json({
      ...json,
      eventType: "ms.vss-release.deployment-started-event",
      resource: {
        ...json.resource,
        environment: { ...json.resource.environment, status: "queued" },
        deployment: times,
      },
    });
    const all = [...completed({ deployment: done }), ...statementsOf(started)];
    expect(factOf("deployment", all)?.members).toMatchObject({
      status: "succeeded",
      startedAt: "2016-01-21T08:00:00.000Z",
      finishedAt: "2016-01-21T08:10:00.000Z",
    });
    expect(all[0]?.key).toBe("azuredevops/environment:5:2");
  });

  it("a start without its attempt's number is of the latest that the stage lists, and reopens none", () => {
    const start = (deploySteps: object[]) =>
      statementsOf(
        read.json({
          ...json,
          eventType: "ms.vss-release.deployment-started-event",
          createdDate: "2016-01-22T08:00:00Z",
          resource: {
            ...json.resource,
            deployment: undefined,
            environment: { ...json.resource.environment, deploySteps, modifiedOn: null },
          },
        }),
      );
    expect(start([{ attempt: 1 }, { attempt: 2 }])[0]?.key).toBe("azuredevops/environment:5:2");
    const all = [...read.fixture(file), ...start([])];
    for (const order of [all, all.toReversed()])
      expect(factOf("deployment", order)?.members).toMatchObject({
        status: "succeeded",
        finishedAt: "2016-01-21T08:19:17.260Z",
      });
  });

  it("an artifact of git names repository and revision, in full alone", () => {
    const release = (id: string) => ({
      releaseDefinition: { name: "Shop.CD" },
      artifacts: [
        {
          isPrimary: true,
          definitionReference: {
            repository: { name: "checkout" },
            project: { name: "shop" },
            sourceVersion: { id },
          },
        },
      ],
    });
    const sha = "a".repeat(40);
    expect(completed({ release: release(sha) })[0]?.members).toMatchObject({
      repository: "shop/checkout",
      name: "Shop.CD",
      revision: sha,
    });
    expect(completed({ release: release("abc") })[0]?.members).not.toHaveProperty("revision");
  });

  it.each([
    ["rejected", "failed"],
    ["partiallySucceeded", "succeeded"],
    ["canceled", "canceled"],
  ])("the stage's status %s is %s", (given, status) => {
    const environment = { ...json.resource.environment, status: given };
    expect(factOf("deployment", completed({ environment }))?.members).toMatchObject({ status });
  });

  it("an approval deploys nothing yet", () => {
    const eventType = "ms.vss-release.deployment-approval-completed-event";
    expect(read.json({ ...json, eventType })).toMatchObject({ outcome: "ignored" });
  });
});
