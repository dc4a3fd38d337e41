import { describe, expect, it } from "vitest";
import { cdevents } from "@/lib/sources/cdevents";
import { event, read, readJson } from "@/lib/sources/cdevents/testing";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const at = "2023-03-20T14:27:05.315Z";

describe("a type", () => {
  it("is matched without its version, which changes by release", () => {
    for (const version of ["", ".0.1.0", ".0.3.0-draft", ".1.0.0"])
      expect(event(`service.deployed${version}`, {})).toHaveLength(1);
  });

  it("that is not read is ignored, and so is one of another standard", () => {
    const { headers, body } = deliveryOf("cdevents", "environment.created.1.json");
    expect(cdevents.read({ source: "ci", headers, body, receivedAt })).toMatchObject({
      outcome: "ignored",
      event: "environment.created",
    });
    const foreign = { context: { type: "com.example.x", id: "1" }, subject: { id: "1" } };
    expect(readJson(foreign).outcome).toBe("ignored");
  });
});

describe("the context", () => {
  it("has specversion or version by release, and either reads the same", () => {
    const json = jsonOf("cdevents", "service.deployed.1.json");
    const { specversion, ...context } = json.context;
    expect(readJson({ ...json, context: { ...context, version: "0.4.1" } })).toEqual(
      readJson(json),
    );
  });

  it("with chainId and links, which tie events, is read as without", () => {
    const json = jsonOf("cdevents", "service.deployed.1.json");
    const { chainId, links, ...context } = json.context;
    expect(readJson({ ...json, context })).toEqual(readJson(json));
  });

  it("without a timestamp takes the receipt's, marked", () => {
    const json = jsonOf("cdevents", "service.deployed.1.json");
    const { timestamp, ...context } = json.context;
    expect(statementsOf(readJson({ ...json, context }))).toMatchObject([
      { asOf: receivedAt.toISOString(), timeFromReceipt: true },
    ]);
  });
});

describe("a service", () => {
  it("deployed or upgraded is a finished deployment of its artifact", () => {
    for (const file of ["service.deployed", "service.upgraded"])
      expect(factOf("deployment", read(file))?.members).toEqual({
        service: "mySubject123",
        environment: "test123",
        artifact: "sha256:0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427",
        version: null,
        revision: null,
        repository: null,
        status: "succeeded",
        finishedAt: at,
      });
  });

  it("rolledback is the one explicit rollback of all", () => {
    expect(factOf("deployment", read("service.rolledback"))?.members.kind).toBe("rollback");
    expect(factOf("deployment", read("service.upgraded"))?.members).not.toHaveProperty("kind");
  });

  it("removed is an attempt that put nothing in place", () => {
    expect(factOf("deployment", read("service.removed"))?.members).toMatchObject({
      status: "canceled",
      description: "removed",
      finishedAt: at,
    });
  });

  it("published is a launch where it says", () => {
    expect(factOf("release", read("service.published"))?.members).toMatchObject({
      service: "mySubject123",
      environment: "test123",
      subject: "launch",
      at,
    });
  });

  it("deployed twice is two deployments", () => {
    const keys = [0, 1]
      .flatMap((minute) => event("service.deployed", {}, minute))
      .map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });

  it("takes revision, version and repository from customData where its artifact is silent", () => {
    const customData = { revision: "abc", version: "1.2", repository: "acme/shop" };
    expect(event("service.deployed", {}, 0, { customData })[0]?.members).toMatchObject(customData);
  });
});

describe("runs", () => {
  it("queued, started and finished are one build, in any order", () => {
    const run = (predicate: string, minute: number, content: object) =>
      event(
        `pipelinerun.${predicate}.0.3.0`,
        { content: { pipelineName: "ci", ...content } },
        minute,
      );
    const all = [
      ...run("finished", 5, { outcome: "success" }),
      ...run("queued", 1, {}),
      ...run("started", 2, {}),
    ];
    for (const order of [all, all.toReversed()])
      expect(factOf("build", order)?.members).toMatchObject({
        name: "ci",
        repository: "/ci",
        status: "succeeded",
        queuedAt: "2026-01-01T10:01:00.000Z",
        startedAt: "2026-01-01T10:02:00.000Z",
        finishedAt: "2026-01-01T10:05:00.000Z",
      });
  });

  it.each([
    ["success", "succeeded"],
    ["failure", "failed"],
    ["error", "failed"],
    ["cancel", "canceled"],
    [undefined, "canceled"],
  ])("of a pipeline with the outcome %s %s", (outcome, status) => {
    expect(event("pipelinerun.finished", { content: { outcome } })[0]?.members).toMatchObject({
      status,
    });
  });

  it("of a build tell no outcome: finished with its artifact, it succeeded", () => {
    expect(factOf("build", read("build.finished"))?.members).toMatchObject({
      status: "succeeded",
      artifact: "sha256:0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427",
    });
  });

  it("of a test suite are builds by the suite's name", () => {
    expect(
      factOf("build", read("testsuiterun.started", "testsuiterun.finished"))?.members,
    ).toMatchObject({
      name: "Auth TestSuite",
      status: "failed",
    });
  });
});

describe("an artifact", () => {
  it("packaged is a build of its change", () => {
    expect(factOf("build", read("artifact.packaged"))?.members).toMatchObject({
      name: "myapp",
      repository: "my-git.example/an-org/a-repo",
      revision: "myChange123",
      status: "succeeded",
    });
  });

  it("published is a release of its version", () => {
    expect(factOf("release", read("artifact.published"))?.members).toMatchObject({
      service: "myapp",
      version: "234fd47e07d1004f0aed9c",
      author: "mybot-myapp",
      at,
    });
  });
});

describe("an incident", () => {
  it("opens when first detected or reported, and its resolution does not rename it", () => {
    const incident = (predicate: string, minute: number, description: string) =>
      event(
        `incident.${predicate}`,
        { content: { description, service: { id: "checkout" } } },
        minute,
      );
    const all = [
      ...incident("resolved", 5, "All is well"),
      ...incident("detected", 1, "Slow"),
      ...incident("reported", 3, "Slow, says Ana"),
    ];
    expect(factOf("incident", all)?.members).toMatchObject({
      title: "Slow, says Ana",
      service: "checkout",
      openedAt: "2026-01-01T10:01:00.000Z",
      resolvedAt: "2026-01-01T10:05:00.000Z",
    });
  });

  it("keeps its service and environment where its resolution names none", () => {
    const content = { service: { id: "checkout" }, environment: { id: "production" } };
    const all = [
      ...event("incident.detected", { content }, 1),
      ...event("incident.resolved", { content: {} }, 5),
    ];
    expect(factOf("incident", all)?.members).toMatchObject({
      service: "checkout",
      environment: "production",
      resolvedAt: "2026-01-01T10:05:00.000Z",
    });
  });

  it("takes its severity from customData and its address from its ticket", () => {
    const [said] = event("incident.reported", { content: { ticketURI: "https://t/1" } }, 1, {
      customData: { severity: "critical" },
    });
    expect(said?.members).toMatchObject({ severity: "critical", url: "https://t/1", title: "s1" });
  });

  it("that is only known as resolved is no fact yet", () => {
    expect(factOf("incident", read("incident.resolved"))).toBeNull();
  });
});

describe("a change", () => {
  const change = (predicate: string, id: string, minute: number) =>
    event(`change.${predicate}`, { id, content: { repository: { id: "acme/shop" } } }, minute);

  it.each(["7", "https://git.example/acme/shop/pull/7"])("by the id %s is a pull request", (id) => {
    const all = [
      ...change("created", id, 1),
      ...change("reviewed", id, 2),
      ...change("reviewed", id, 3),
      ...change("merged", id, 4),
    ];
    expect(factOf("pull_request", all)?.members).toEqual({
      repository: "acme/shop",
      number: 7,
      openedAt: "2026-01-01T10:01:00.000Z",
      firstReviewAt: "2026-01-01T10:02:00.000Z",
      mergedAt: "2026-01-01T10:04:00.000Z",
      closedAt: "2026-01-01T10:04:00.000Z",
    });
  });

  it("abandoned is closed without a merge", () => {
    const all = [...change("created", "7", 1), ...change("abandoned", "7", 4)];
    const members = factOf("pull_request", all)?.members;
    expect(members?.closedAt).toBe("2026-01-01T10:04:00.000Z");
    expect(members).not.toHaveProperty("mergedAt");
  });

  it("by any other id is the commit of that id", () => {
    expect(
      factOf("commit", [...change("created", "abc", 1), ...change("merged", "abc", 2)])?.members,
    ).toEqual({
      repository: "acme/shop",
      revision: "abc",
      authoredAt: "2026-01-01T10:01:00.000Z",
      committedAt: "2026-01-01T10:02:00.000Z",
    });
  });
});

it.each([
  [{}, "missing_field", "context.type"],
  [{ context: { type: "dev.cdevents.service.deployed" } }, "missing_field", "context.id"],
  [{ context: { type: "dev.cdevents.service.deployed", id: "1" } }, "missing_field", "subject.id"],
])("%j is unreadable: %s %s", (json, code, field) => {
  expect(() => readJson(json)).toThrow(expect.objectContaining({ code, field }));
});

it("the door sees the type in the headers or the body", () => {
  const { headers, body } = deliveryOf("cdevents", "service.deployed.1.json");
  expect(cdevents.eventName({ headers, body: Buffer.from(""), receivedAt })).toBe(
    "service.deployed",
  );
  expect(cdevents.eventName({ headers: {}, body, receivedAt })).toBe("service.deployed");
  expect(cdevents.deliveryId({ headers: {}, body, receivedAt })).toBeNull();
});
