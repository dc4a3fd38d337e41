import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";
import { vercel } from "@/lib/sources/vercel";
import { readVercel } from "@/lib/sources/vercel/read";
import { verifySignature } from "@/lib/sources/vercel/signature";

const base = jsonOf("vercel", "deployment.created.1.json");
const read = (json: unknown) =>
  readVercel({
    source: "vercel",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const minute = (minutes: number) => Date.parse("2026-11-20T10:00:00Z") + minutes * 60_000;
const at = (minutes: number) => new Date(minute(minutes)).toISOString();
const event = (type: string, minutes: number, payload: object = {}) =>
  statementsOf(
    read({
      id: `${type}-${minutes}`,
      type: `deployment.${type}`,
      createdAt: minute(minutes),
      payload: { ...base.payload, ...payload },
    }),
  );
const production = { target: "production" };

it("a published creation is a deployment that runs, with what its meta says", () => {
  const statements = statementsOf(readVercel(deliveryOf("vercel", "deployment.created.1.json")));
  expect(statements.map(({ key }) => key)).toEqual(["vercel/dpl_FjHqKqFexample:preview"]);
  expect(factOf("deployment", statements)?.members).toMatchObject({
    service: "my-app",
    environment: "preview",
    branch: "main",
    revision: "abc123def456",
    status: "running",
    startedAt: "2023-10-26T18:40:00.000Z",
    description: "Update homepage",
  });
});

describe("the end", () => {
  it("in a preview is the finished build", () => {
    const all = [...event("succeeded", 2), ...event("created", 0)];
    expect(factOf("deployment", all)?.members).toMatchObject({
      environment: "preview",
      status: "succeeded",
      startedAt: at(0),
      finishedAt: at(2),
    });
  });

  it("in production is the promotion: a finished build is not live", () => {
    const built = [...event("created", 0, production), ...event("succeeded", 2, production)];
    expect(factOf("deployment", built)?.members).toMatchObject({ status: "running" });
    const promoted = [...event("promoted", 3, production), ...built];
    for (const order of [promoted, promoted.toReversed()])
      expect(factOf("deployment", order)?.members).toMatchObject({
        status: "succeeded",
        startedAt: at(0),
        finishedAt: at(3),
      });
  });

  it("of a promoted preview is one in production, and leaves the preview as it is", () => {
    const [preview] = event("succeeded", 2);
    const [promoted] = event("promoted", 9);
    expect(promoted?.key).not.toBe(preview?.key);
    expect(promoted?.members).toMatchObject({ environment: "production" });
  });

  it.each([
    ["error", "failed"],
    ["canceled", "canceled"],
  ])("by %s is %s", (type, status) => {
    expect(factOf("deployment", event(type, 2, production))?.members.status).toBe(status);
  });
});

it("an instant rollback moves aliases without a build: a deployment declared a rollback", () => {
  const statements = event("rollback", 5, {
    fromDeploymentId: "dpl_2",
    toDeploymentId: "dpl_1",
    deployment: null,
  });
  expect(statements.map(({ key }) => key)).toEqual(["vercel/rollback:rollback-5"]);
  expect(factOf("deployment", statements)?.members).toMatchObject({
    service: "my-app",
    environment: "production",
    kind: "rollback",
    status: "succeeded",
    finishedAt: at(5),
    revision: null,
    description: "Rolled back to dpl_1",
  });
});

describe("meta", () => {
  const members = (meta: object, payload: object = {}) =>
    factOf("deployment", event("created", 0, { deployment: { id: "d", meta }, ...payload }))
      ?.members;

  it.each([
    [
      "GitHub",
      {
        githubCommitSha: "a".repeat(40),
        githubCommitOrg: "acme",
        githubCommitRepo: "web",
        githubCommitAuthorLogin: "ana",
      },
      { revision: "a".repeat(40), repository: "acme/web", author: "ana" },
    ],
    [
      "GitLab",
      {
        gitlabCommitSha: "b".repeat(40),
        gitlabProjectPath: "acme/shop/web",
        gitlabCommitRef: "main",
      },
      { revision: "b".repeat(40), repository: "acme/shop/web", branch: "main" },
    ],
    [
      "Bitbucket",
      { bitbucketCommitSha: "c".repeat(40), bitbucketRepoOwner: "acme", bitbucketRepoSlug: "web" },
      { revision: "c".repeat(40), repository: "acme/web" },
    ],
  ])("of %s names its members for the host", (_, meta, expected) => {
    expect(members(meta)).toMatchObject(expected);
  });

  it("of a deployment by the command line has no commit", () => {
    expect(members({ reason: "hotfix by hand" })).toMatchObject({ revision: null, branch: null });
  });

  it("apart, an environment of the team's own is one", () => {
    expect(members({}, { customEnvironment: { slug: "qa" } })).toMatchObject({ environment: "qa" });
    expect(members({}, { target: "staging" })).toMatchObject({ environment: "staging" });
    expect(members({}, { target: null })).toMatchObject({ environment: "preview" });
  });
});

it("other events are ignored by name, one without its deployment unreadable", () => {
  expect(read({ id: "e", type: "project.created", payload: {} })).toMatchObject({
    reason: "events of this name are not read",
  });
  expect(() => read({ id: "e", type: "deployment.created", payload: {} })).toThrow(
    expect.objectContaining({ field: "payload.deployment.id" }),
  );
});

it("a delivery that comes again has the same id", () => {
  const { headers, body } = deliveryOf("vercel", "deployment.created.1.json");
  expect(vercel.deliveryId({ headers, body, receivedAt })).toBe("event_2XqF5example");
  expect(vercel.eventName({ headers, body, receivedAt })).toBe("deployment.created");
});

describe("x-vercel-signature", () => {
  const body = Buffer.from('{"a":1}');
  const signed = (value: string, bytes: Uint8Array = body, secret = "secret") =>
    verifySignature({ headers: { "x-vercel-signature": value }, body: bytes }, secret);
  const sha1 = createHmac("sha1", "secret").update(body).digest("hex");

  it("is the hex HMAC-SHA1 of the body, not SHA-256", () => {
    expect(signed(sha1)).toBe(true);
    expect(vercel.sign?.(body, "secret")).toEqual({ "x-vercel-signature": sha1 });
    expect(signed(createHmac("sha256", "secret").update(body).digest("hex"))).toBe(false);
  });

  it("of another body or secret, missing or empty, is refused", () => {
    expect(signed(sha1, Buffer.from('{"a": 1}'))).toBe(false);
    expect(signed(sha1, body, "other")).toBe(false);
    expect(verifySignature({ headers: {}, body }, "secret")).toBe(false);
    expect(signed(createHmac("sha1", "").update(body).digest("hex"), body, "")).toBe(false);
  });
});
