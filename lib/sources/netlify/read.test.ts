import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { netlify } from "@/lib/sources/netlify";
import { readNetlify } from "@/lib/sources/netlify/read";
import { verifySignature } from "@/lib/sources/netlify/signature";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const readFile = (file: string) => statementsOf(readNetlify(deliveryOf("netlify", file)));
const ready = jsonOf("netlify", "deploy_created.1.json");
const read = (extra: object, event = "deploy_created") =>
  readNetlify({
    source: "netlify",
    headers: { "x-netlify-event": event },
    body: Buffer.from(JSON.stringify({ ...ready, ...extra })),
    receivedAt,
  });
const members = (extra: object) => factOf("deployment", statementsOf(read(extra)))?.members;

it("deploy_building and deploy_created are one deployment, which is ready when created is sent", () => {
  const all = [...readFile("deploy_building.1.json"), ...readFile("deploy_created.1.json")];
  expect(new Set(all.map(({ key }) => key))).toEqual(new Set(["netlify/5b78192ac9659217dbf7c9aa"]));
  for (const order of [all, all.toReversed()])
    expect(factOf("deployment", order)?.members).toMatchObject({
      service: "objective-jepsen-35fbb2",
      environment: "production",
      branch: "master",
      status: "succeeded",
      startedAt: "2018-08-18T13:03:38.315Z",
      finishedAt: "2018-08-18T13:03:42.462Z",
      url: "https://app.netlify.com/sites/objective-jepsen-35fbb2/deploys/5b78192ac9659217dbf7c9aa",
    });
  expect(factOf("deployment", readFile("deploy_building.1.json"))?.members.status).toBe("running");
});

it("deploy_failed failed, and says why", () => {
  expect(factOf("deployment", readFile("deploy_failed.1.json"))?.members).toMatchObject({
    status: "failed",
    finishedAt: "2018-08-03T22:30:27.734Z",
    description: expect.stringContaining("exit code: 127"),
  });
});

it("a deploy by hand has no commit; others have it, with its repository", () => {
  expect(members({})).toMatchObject({ revision: null, repository: null });
  const commit_ref = "a".repeat(40);
  for (const [commit_url, repository] of [
    [`https://github.com/acme/web/commit/${commit_ref}`, "acme/web"],
    [`https://gitlab.com/acme/shop/web/-/commit/${commit_ref}`, "acme/shop/web"],
    [`https://bitbucket.org/acme/web/commits/${commit_ref}`, "acme/web"],
  ])
    expect(members({ commit_ref, commit_url })).toMatchObject({ revision: commit_ref, repository });
});

it("ready in a preview is not production, and finished though it is never published", () => {
  expect(members({ context: "deploy-preview", published_at: null })).toMatchObject({
    environment: "deploy-preview",
    finishedAt: "2018-08-18T13:03:44.609Z",
  });
});

describe("while auto publishing is stopped", () => {
  const held = { published_at: null };

  it("a ready deploy for production is not live: its attempt ended without it", () => {
    expect(members(held)).toMatchObject({
      environment: "production",
      status: "canceled",
      finishedAt: "2018-08-18T13:03:44.609Z",
    });
  });

  it("and is, once it is told as published, whichever came first", () => {
    const all = [...statementsOf(read(held)), ...readFile("deploy_created.1.json")];
    for (const order of [all, all.toReversed()])
      expect(factOf("deployment", order)?.members).toMatchObject({
        status: "succeeded",
        finishedAt: "2018-08-18T13:03:42.462Z",
      });
  });

  it("a deploy that says nothing of its publication is read by its state", () => {
    expect(members({ published_at: undefined })).toMatchObject({ status: "succeeded" });
  });
});

it("deploy_restored is a deployment of its own each time: the deploy went live once more", () => {
  const restored = (published_at: string | null) => read({ published_at }, "deploy_restored");
  const [first] = statementsOf(restored("2018-09-01T00:00:00Z"));
  const [second] = statementsOf(restored("2018-10-01T00:00:00Z"));
  expect(first?.key).toBe("netlify/5b78192ac9659217dbf7c9aa:restored:2018-09-01T00:00:00.000Z");
  expect(second?.key).not.toBe(first?.key);
  expect(factOf("deployment", first ? [first] : [])?.members).toMatchObject({
    service: "objective-jepsen-35fbb2",
    environment: "production",
    status: "succeeded",
    finishedAt: "2018-09-01T00:00:00.000Z",
  });
  const id = (published_at: string | null) =>
    netlify.deliveryId({
      headers: { "x-netlify-event": "deploy_restored" },
      body: Buffer.from(JSON.stringify({ id: "d", state: "ready", published_at })),
      receivedAt,
    });
  expect(id("2018-09-01T00:00:00Z")).not.toBe(id("2018-10-01T00:00:00Z"));
  expect(id(null)).toBeNull();
});

it("a deploy published again later keeps when it first finished", () => {
  const again = statementsOf(read({ published_at: "2018-09-01T00:00:00Z" }));
  const all = [...again, ...readFile("deploy_created.1.json")];
  for (const order of [all, all.toReversed()])
    expect(factOf("deployment", order)?.members.finishedAt).toBe("2018-08-18T13:03:42.462Z");
});

it.each([
  [{ state: "error", error_message: "Canceled build" }, "canceled"],
  [{ state: "error", error_message: "Skipped" }, "canceled"],
  [{ state: "error", error_message: null }, "failed"],
  [{ state: "enqueued" }, "queued"],
  [{ state: "processing" }, "running"],
])("%j is %s", (extra, status) => {
  const [said] = statementsOf(read(extra));
  expect(JSON.stringify(said?.members)).toContain(`"state":"${status}"`);
});

it("locking publishing, other events and unknown states change nothing that runs", () => {
  for (const event of ["deploy_locked", "deploy_unlocked", "submission_created"])
    expect(read({}, event)).toMatchObject({ outcome: "ignored", event });
  expect(read({ state: "dreaming" })).toMatchObject({ outcome: "ignored" });
});

it("a deploy without id or state is unreadable", () => {
  expect(() => read({ id: null })).toThrow(expect.objectContaining({ field: "id" }));
  expect(() => read({ state: null })).toThrow(expect.objectContaining({ field: "state" }));
});

it("a deploy is in each state once", () => {
  const { headers, body } = deliveryOf("netlify", "deploy_created.1.json");
  expect(netlify.deliveryId({ headers, body, receivedAt })).toBe(
    "deploy_created:5b78192ac9659217dbf7c9aa:ready",
  );
});

describe("X-Webhook-Signature", () => {
  const body = Buffer.from('{"id":"1"}');
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const digest = createHash("sha256").update(body).digest("hex");
  /** By RFC 7515, apart from the code that signs tests. */
  const token = (
    claims: object,
    head: object = { alg: "HS256", typ: "JWT" },
    secret = "secret",
  ) => {
    const content = `${encode(head)}.${encode(claims)}`;
    return `${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`;
  };
  const signed = (value: string, bytes: Uint8Array = body, secret = "secret") =>
    verifySignature({ headers: { "x-webhook-signature": value }, body: bytes }, secret);
  const claims = { iss: "netlify", sha256: digest };

  it("is a token of Netlify over the digest of exactly the body", () => {
    expect(signed(token(claims))).toBe(true);
    expect(signed(netlify.sign?.(body, "secret")["x-webhook-signature"] ?? "")).toBe(true);
    expect(signed(token(claims), Buffer.from('{"id":"2"}'))).toBe(false);
  });

  it.each([
    ["another secret", token(claims, undefined, "other")],
    ["another issuer", token({ ...claims, iss: "someone" })],
    ["no digest", token({ iss: "netlify" })],
    ["no algorithm", token(claims, { alg: "none" })],
    ["no signature", `${encode({ alg: "none" })}.${encode(claims)}.`],
    ["a part too many", `${token(claims)}.x`],
    ["nothing", ""],
    ["noise", "a.b.c"],
  ])("with %s is refused", (_, value) => {
    expect(signed(value)).toBe(false);
  });

  it("is refused where the secret is empty", () => {
    expect(signed(token(claims, undefined, ""), body, "")).toBe(false);
  });
});
