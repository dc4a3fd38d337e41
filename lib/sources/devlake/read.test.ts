import { describe, expect, it } from "vitest";
import { devlake } from "@/lib/sources/devlake";
import { pathHeader } from "@/lib/sources/own-address";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const single = jsonOf("devlake", "deployments.single.1.json");
const read = (json: unknown, more: { path?: string; at?: string } = {}) =>
  devlake.read({
    source: "devlake",
    headers: more.path === undefined ? {} : { [pathHeader]: more.path },
    body: json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(json)),
    receivedAt: more.at ? new Date(more.at) : receivedAt,
  });
const deployments = (json: unknown) => statementsOf(read(json));
const incidentOf = (...readings: ReturnType<typeof read>[]) =>
  factOf("incident", readings.flatMap(statementsOf))?.members;

describe("a deployment", () => {
  it("of one repository, in snake_case", () => {
    expect(statementsOf(devlake.read(deliveryOf("devlake", "deployments.single.1.json")))).toEqual([
      {
        noun: "deployment",
        key: "devlake/required-pipeline-id:apache/incubator-devlake:production",
        asOf: "2020-01-02T13:00:00.000Z",
        members: {
          name: expect.stringMatching(/^optional-deployment-name/),
          environment: "production",
          repository: "apache/incubator-devlake",
          revision: "015e3d3b480e417aede5a1293bd61de9b0fd051d",
          branch: "optional-release-v0.17",
          status: "failed",
          queuedAt: "2020-01-01T11:00:00.000Z",
          startedAt: "2020-01-01T12:00:00.000Z",
          finishedAt: "2020-01-02T13:00:00.000Z",
          description: "optional-custom-deploy-display-title",
          url: null,
        },
      },
    ]);
  });

  it("of several repositories is one of each", () => {
    const said = statementsOf(devlake.read(deliveryOf("devlake", "deployments.multi-repo.1.json")));
    expect(said.map(({ key, members }) => [key, members])).toMatchObject([
      [
        "devlake/required-pipeline-id:repo-1:production",
        { repository: "repo-1", revision: "c1", status: "failed" },
      ],
      ["devlake/required-pipeline-id:repo-2:production", { repository: "repo-2", revision: "c2" }],
    ]);
  });

  it("says the same in both generations of the API, snake_case and camelCase", () => {
    const { deploymentCommits: [commit] = [], ...rest } = {
      id: "required-pipeline-id",
      environment: "PRODUCTION",
      name: single.name,
      displayTitle: single.display_title,
      createdDate: single.create_time,
      startedDate: single.start_time,
      finishedDate: single.end_time,
      result: "FAILURE",
      deploymentCommits: [
        { repoUrl: single.repo_url, commitSha: single.commit_sha, refName: single.ref_name },
      ],
    };
    expect(deployments({ ...rest, deploymentCommits: [commit] })).toEqual(deployments(single));
  });

  it("without an end, a result and an environment ended at its receipt, succeeded, in production", () => {
    const { end_time: _end, result: _result, environment: _environment, ...rest } = single;
    expect(deployments(rest)).toMatchObject([
      {
        asOf: receivedAt.toISOString(),
        timeFromReceipt: true,
        members: {
          status: "succeeded",
          environment: "production",
          finishedAt: receivedAt.toISOString(),
        },
      },
    ]);
  });

  it.each([
    ["SUCCESS", "succeeded"],
    ["ABORT", "canceled"],
    ["MANUAL", "queued"],
    ["SOMETHING", "canceled"],
  ])("with the result %s is %s", (result, status) => {
    const [statement] = deployments({ ...single, result });
    expect(statement?.members).toMatchObject({ status });
    expect("finishedAt" in (statement?.members ?? {})).toBe(status !== "queued");
  });

  it("names an environment beyond DevLake's four as it is", () => {
    expect(deployments({ ...single, environment: "prod-EU" })[0]?.members).toMatchObject({
      environment: "prod-EU",
    });
  });

  it("without an id is told apart by its commit and start", () => {
    const { pipeline_id: _id, ...rest } = single;
    const [first] = deployments(rest);
    const [again] = deployments({ ...rest, start_time: "2020-02-01T12:00:00+00:00" });
    expect(first?.key).not.toBe(again?.key);
    expect(deployments(rest)[0]?.key).toBe(first?.key);
  });
});

describe("an issue", () => {
  const issue = jsonOf("devlake", "issues.incident.1.json");

  it("of the type INCIDENT is one", () => {
    expect(incidentOf(devlake.read(deliveryOf("devlake", "issues.incident.1.json")))).toEqual({
      title: "a feature from DLK",
      severity: null,
      url: null,
      openedAt: "2020-01-01T12:00:00.000Z",
    });
  });

  it("of another type is ignored", () => {
    expect(read({ ...issue, type: "BUG" })).toMatchObject({ outcome: "ignored", event: "issue" });
  });

  it("that is DONE is resolved, and opened again when it is seen open later", () => {
    const done = read({ ...issue, status: "DONE", resolution_date: "2020-01-01T13:00:00+00:00" });
    expect(incidentOf(done)).toMatchObject({ resolvedAt: "2020-01-01T13:00:00.000Z" });
    const open = read({
      ...issue,
      status: "IN_PROGRESS",
      updated_date: "2020-01-01T14:00:00+00:00",
    });
    expect(incidentOf(open, done)).toMatchObject({
      reopenedAt: "2020-01-01T14:00:00.000Z",
      resolvedAt: null,
    });
  });

  it("is closed by an address with an empty body, at its receipt", () => {
    const closed = read(undefined, { path: "issue/DLK-1234/close" });
    expect(closed).toMatchObject({ outcome: "read", event: "issue.close" });
    expect(incidentOf(closed, read(issue))).toMatchObject({ resolvedAt: receivedAt.toISOString() });
    expect(incidentOf(closed)).toBeUndefined();
  });

  it("is told apart by the connection that one token serves", () => {
    const keys = ["connections/1/issues", "connections/2/issues", "issues"].map(
      (path) => statementsOf(read(issue, { path }))[0]?.key,
    );
    expect(keys).toEqual(["devlake/1:DLK-1234", "devlake/2:DLK-1234", "devlake/DLK-1234"]);
  });
});

it("a closing is a delivery of its own each time, an issue once however often it is sent", () => {
  const id = (path: string, body: string, at: string) =>
    devlake.deliveryId({
      headers: { [pathHeader]: path },
      body: Buffer.from(body),
      receivedAt: new Date(at),
    });
  const [morning, evening] = ["2026-01-01T08:00:00Z", "2026-01-01T20:00:00Z"];
  expect(id("issue/A/close", "", morning)).not.toBe(id("issue/A/close", "", evening));
  expect(id("issue/A/close", "", morning)).not.toBe(id("issue/B/close", "", morning));
  const issue = '{"issueKey":"A"}';
  expect(id("issues", issue, morning)).toBe(id("issues", issue, evening));
});

it.each([
  [{}, "missing_field", "deploymentCommits"],
  [{ deploymentCommits: [] }, "wrong_type", "deploymentCommits"],
  [{ deploymentCommits: [null] }, "wrong_type", "deploymentCommits[0]"],
  [{ ...single, repo_url: null }, "missing_field", "repoUrl"],
  [{ deploymentCommits: [{ repoUrl: "r" }] }, "missing_field", "deploymentCommits[0].commitSha"],
])("%j is unreadable: %s %s", (json, code, field) => {
  expect(() => read(json)).toThrow(expect.objectContaining({ code, field }));
});

it("the door names an event without reading it", () => {
  const eventName = (body: string, path?: string) =>
    devlake.eventName({
      headers: path ? { [pathHeader]: path } : {},
      body: Buffer.from(body),
      receivedAt,
    });
  expect(eventName(JSON.stringify(single))).toBe("deployment");
  expect(eventName('{"issue_key":"A"}')).toBe("issue");
  expect(eventName("", "connections/1/issue/A/close")).toBe("issue.close");
  expect(eventName("{}")).toBe("unknown");
});
