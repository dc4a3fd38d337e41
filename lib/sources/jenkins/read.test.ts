import { describe, expect, it } from "vitest";
import { jenkins } from "@/lib/sources/jenkins";
import { readJenkins } from "@/lib/sources/jenkins/read";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const base = jsonOf("jenkins", "notification.completed.1.json");
const phase = (build: object, extra: object = {}, at = receivedAt) =>
  readJenkins({
    source: "jenkins",
    headers: {},
    body: Buffer.from(JSON.stringify({ ...base, ...extra, build: { ...base.build, ...build } })),
    receivedAt: at,
  });
const said = (...args: Parameters<typeof phase>) => statementsOf(phase(...args));
const minutesLater = (minutes: number) => new Date(receivedAt.getTime() + minutes * 60_000);

describe("the plugin's documented delivery", () => {
  const statements = statementsOf(
    readJenkins(deliveryOf("jenkins", "notification.completed.1.json")),
  );

  it("is a build by its address, with repository, branch and revision", () => {
    expect(statements.map(({ key }) => key)).toEqual([
      "jenkins/http://localhost:8080/job/asgard/18/",
    ]);
    expect(factOf("build", statements)?.members).toMatchObject({
      repository: "evgeny-goldin/asgard",
      branch: "master",
      revision: "c6d86dc654b12425e706bcf951adfe5a8627a517",
      name: "asgard",
      status: "succeeded",
    });
  });

  it("has no times: it ended when it arrived, and that is marked", () => {
    expect(factOf("build", statements)).toMatchObject({
      members: { finishedAt: receivedAt.toISOString() },
      timeFromReceipt: true,
    });
  });
});

describe("the phases of a build", () => {
  it("STARTED runs, whatever status it carries of the build before", () => {
    expect(factOf("build", said({ phase: "STARTED", status: "FAILURE" }))?.members).toMatchObject({
      status: "running",
    });
    expect(factOf("build", said({ phase: "STARTED", status: undefined }))?.members.status).toBe(
      "running",
    );
  });

  it("COMPLETED and FINALIZED are counted once", () => {
    const all = [
      ...said({ phase: "QUEUED", status: undefined }),
      ...said({ phase: "STARTED" }, {}, minutesLater(1)),
      ...said({ phase: "COMPLETED", status: "FAILURE" }, {}, minutesLater(5)),
      ...said({ phase: "FINALIZED", status: "FAILURE" }, {}, minutesLater(6)),
    ];
    for (const order of [all, all.toReversed()])
      expect(factOf("build", order)?.members).toMatchObject({
        status: "failed",
        queuedAt: receivedAt.toISOString(),
        startedAt: minutesLater(1).toISOString(),
        finishedAt: minutesLater(5).toISOString(),
      });
  });

  it("of newer versions name their time, in any order", () => {
    const at = (minutes: number) => minutesLater(minutes - 60).getTime();
    const all = [
      ...said({ phase: "FINALIZED", timestamp: at(6), duration: 240_000 }),
      ...said({ phase: "COMPLETED", timestamp: at(5), duration: 240_000 }),
      ...said({ phase: "STARTED", timestamp: at(1), duration: 0 }),
    ];
    for (const order of [all, all.toReversed()])
      expect(factOf("build", order)).toMatchObject({
        members: {
          status: "succeeded",
          startedAt: new Date(at(1)).toISOString(),
          finishedAt: new Date(at(6)).toISOString(),
        },
        timeFromReceipt: false,
      });
  });

  it("that are not known are ignored", () => {
    expect(phase({ phase: "NONE" })).toMatchObject({ outcome: "ignored", event: "build.none" });
  });

  it.each([
    ["SUCCESS", "succeeded"],
    ["UNSTABLE", "failed"],
    ["FAILURE", "failed"],
    ["ABORTED", "canceled"],
    ["NOT_BUILT", "canceled"],
  ])("ended as %s are %s", (status, expected) => {
    expect(factOf("build", said({ status }))?.members.status).toBe(expected);
  });
});

describe("a job", () => {
  it("in a folder has its path in the address only", () => {
    const url = "job/acme/job/checkout/job/feature%252Fx/";
    expect(factOf("build", said({}, { name: "feature%2Fx", url }))?.members.name).toBe(
      "acme/checkout/feature%2Fx",
    );
  });

  it("without a repository stands under its own path", () => {
    const members = factOf("build", said({ scm: {} }))?.members;
    expect(members).toMatchObject({ repository: "asgard", revision: null, branch: null });
  });

  it("cloned by ssh is the same repository, from any remote branch of origin", () => {
    const scm = { url: "git@github.com:acme/checkout.git", branch: "refs/remotes/origin/fix/a" };
    expect(factOf("build", said({ scm }))?.members).toMatchObject({
      repository: "acme/checkout",
      branch: "fix/a",
    });
  });
});

describe("a pipeline's own line", () => {
  const deployment = { service: "checkout", environment: "production", version: "2.481.0" };

  it("that says what it deployed is a build and a deployment of it", () => {
    const timestamp = Date.parse("2026-11-20T10:05:00Z");
    const statements = said({ timestamp, duration: 300_000 }, { deployment });
    expect(statements.map(({ noun, key }) => [noun, key])).toEqual([
      ["build", "jenkins/http://localhost:8080/job/asgard/18/"],
      ["deployment", "jenkins/http://localhost:8080/job/asgard/18/"],
    ]);
    expect(factOf("deployment", statements)?.members).toMatchObject({
      ...deployment,
      name: "asgard",
      repository: "evgeny-goldin/asgard",
      revision: "c6d86dc654b12425e706bcf951adfe5a8627a517",
      status: "succeeded",
      startedAt: "2026-11-20T10:00:00.000Z",
      finishedAt: "2026-11-20T10:05:00.000Z",
    });
  });

  it("of an unstable build deployed, though the build failed", () => {
    const statements = said({ phase: "COMPLETED", status: "UNSTABLE" }, { deployment });
    expect(factOf("build", statements)?.members.status).toBe("failed");
    expect(factOf("deployment", statements)?.members.status).toBe("succeeded");
    expect(
      factOf("deployment", said({ phase: "COMPLETED", status: "FAILURE" }, { deployment }))?.members
        .status,
    ).toBe("failed");
  });

  it("may declare a rollback; without an environment it is a build alone", () => {
    const back = said({}, { deployment: { ...deployment, rollback: true } });
    expect(factOf("deployment", back)?.members.kind).toBe("rollback");
    expect(said({}, { deployment: { service: "checkout" } })).toHaveLength(1);
  });
});

it("a body without a phase or an address is unreadable", () => {
  expect(() => phase({ phase: null })).toThrow(
    expect.objectContaining({ code: "missing_field", field: "build.phase" }),
  );
  expect(() => phase({ full_url: undefined, url: undefined })).toThrow(
    expect.objectContaining({ code: "missing_field", field: "build.full_url" }),
  );
});

it("the door names the phase", () => {
  const { headers, body } = deliveryOf("jenkins", "notification.completed.1.json");
  expect(jenkins.eventName({ headers, body, receivedAt })).toBe("build.completed");
  expect(jenkins.eventName({ headers, body: Buffer.from("{"), receivedAt })).toBe("build.unknown");
});
