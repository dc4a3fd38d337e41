import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { heroku } from "@/lib/sources/heroku";
import { readHeroku } from "@/lib/sources/heroku/read";
import { verifySignature } from "@/lib/sources/heroku/signature";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const readFile = (file: string) => readHeroku(deliveryOf("heroku", file));
const base = jsonOf("heroku", "api-release.update.1.json");
const sha = "3eb5f447a2f6bcf254e63fbf2426b8e6738608eb";
const app = { id: "a1", name: "checkout-staging" };
const release = (data: object, extra: object = {}) =>
  readHeroku({
    source: "heroku",
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({
        ...base,
        ...extra,
        data: {
          ...base.data,
          app,
          version: 12,
          status: "succeeded",
          slug: { id: "s1", commit: sha },
          ...data,
        },
      }),
    ),
    receivedAt,
  });
const members = (data: object) => factOf("deployment", statementsOf(release(data)))?.members;

describe("a release", () => {
  it("that deployed code is a deployment by app and version", () => {
    const statements = statementsOf(release({ description: "Deploy 3eb5f447" }));
    expect(statements.map(({ key }) => key)).toEqual(["heroku/a1:v12"]);
    expect(factOf("deployment", statements)?.members).toMatchObject({
      service: "checkout-staging",
      environment: "staging",
      revision: sha,
      version: "v12",
      author: "user-0008@example.com",
      status: "succeeded",
      startedAt: "2016-05-10T07:30:32.000Z",
    });
  });

  it("of an app whose name says no environment is in production", () => {
    expect(members({ app: { id: "a1", name: "checkout" } })).toMatchObject({
      environment: "production",
    });
  });

  it("of a review app, called after its pull request, is not in production", () => {
    const environmentOf = (name: string) => members({ app: { id: "a1", name } })?.environment;
    expect(environmentOf("checkout-pr-17")).toBe("review");
    expect(environmentOf("pr-17-tools")).toBe("production");
  });

  it("documented as failed before it had a slug is a failed attempt", () => {
    expect(
      factOf("deployment", statementsOf(readFile("api-release.update.1.json")))?.members,
    ).toMatchObject({
      service: "sample-app-0008",
      version: "v1",
      status: "failed",
      revision: null,
    });
  });

  it("is created pending, or without a status, and updated when it ended, in any order", () => {
    for (const status of ["pending", null]) {
      const all = [
        ...statementsOf(release({ status, updated_at: "2016-05-10T07:30:32Z" })),
        ...statementsOf(release({ status: "succeeded", updated_at: "2016-05-10T07:31:40Z" })),
        ...statementsOf(
          release({ status: "succeeded", current: false, updated_at: "2016-06-01T00:00:00Z" }),
        ),
      ];
      for (const order of [all, all.toReversed()])
        expect(factOf("deployment", order)?.members).toMatchObject({
          status: "succeeded",
          startedAt: "2016-05-10T07:30:32.000Z",
          finishedAt: "2016-05-10T07:31:40.000Z",
        });
    }
  });

  it("described as a rollback declares one; one that mentions it does not", () => {
    expect(members({ description: "Rollback to v9" })).toMatchObject({ kind: "rollback" });
    expect(members({ description: "Deploy of the rollback to v9 button" })).not.toHaveProperty(
      "kind",
    );
  });

  it("whose slug names no commit has the short one of its description", () => {
    expect(members({ slug: { id: "s1" }, description: "Deploy 3eb5f447" })).toMatchObject({
      revision: "3eb5f447",
    });
  });
});

describe("every change is a release", () => {
  it.each([
    ["Attach DATABASE (@ref:postgresql-1)"],
    ["Update REDIS by heroku-redis"],
    ["Enable Logplex"],
    ["Initial release"],
  ])("of an add-on (%s), with the slug that ran, is ignored", (description) => {
    expect(release({ description })).toMatchObject({ outcome: "ignored", event: "release.update" });
  });

  it("without a slug is ignored, as in the documentation's own", () => {
    expect(readFile("api-release.create.1.json")).toMatchObject({
      outcome: "ignored",
      event: "release.create",
    });
    expect(release({ slug: null })).toMatchObject({ outcome: "ignored" });
  });

  it("of config vars is a release of configuration, with or without a slug", () => {
    for (const slug of [null, { id: "s1", commit: sha }])
      expect(
        statementsOf(release({ slug, description: "Set RATE_LIMIT, TAX config vars" })),
      ).toMatchObject([
        {
          noun: "release",
          key: "heroku/a1:v12",
          members: {
            service: "checkout-staging",
            environment: "staging",
            subject: "configuration",
            title: "Set RATE_LIMIT, TAX config vars",
          },
        },
      ]);
  });
});

describe("the old deploy hook", () => {
  it.each(["deploy-hook.1.txt", "deploy-hook.2.txt"])("%s is a form without a time", (file) => {
    const statements = statementsOf(readFile(file));
    expect(statements.map(({ key }) => key)).toEqual([
      "heroku/f46ffea9-d6be-4293-ae6e-4449fa5ae29a:v9",
    ]);
    expect(factOf("deployment", statements)).toMatchObject({
      members: {
        service: "sample-project",
        environment: "production",
        revision: sha,
        version: "v9",
        author: "user@example.com",
        status: "succeeded",
        finishedAt: receivedAt.toISOString(),
      },
      timeFromReceipt: true,
    });
  });

  it("speaks of the release that the app webhook speaks of", () => {
    const data = {
      app: { id: "f46ffea9-d6be-4293-ae6e-4449fa5ae29a", name: "sample-project" },
      version: 9,
    };
    expect(statementsOf(release(data))[0]?.key).toBe(
      statementsOf(readFile("deploy-hook.1.txt"))[0]?.key,
    );
  });

  it("without an app or a release is unreadable", () => {
    const { headers } = deliveryOf("heroku", "deploy-hook.1.txt");
    const form = (text: string) =>
      readHeroku({ source: "heroku", headers, body: Buffer.from(text), receivedAt });
    expect(() => form("release=v1")).toThrow(expect.objectContaining({ field: "app" }));
    expect(() => form("app=a")).toThrow(expect.objectContaining({ field: "release" }));
  });
});

it("other resources are ignored by name", () => {
  expect(release({}, { resource: "dyno", action: "create" })).toMatchObject({
    outcome: "ignored",
    event: "dyno.create",
  });
});

it("a delivery keeps its id where each attempt has another", () => {
  const { headers, body } = deliveryOf("heroku", "api-release.update.1.json");
  expect(heroku.deliveryId({ headers, body, receivedAt })).toBe(
    "d244009a-670f-4340-88e9-789a4f9002d5",
  );
  expect(heroku.eventName({ headers, body, receivedAt })).toBe("release.update");
});

describe("Heroku-Webhook-Hmac-SHA256", () => {
  const body = Buffer.from("{}");
  const signed = (value: string, bytes: Uint8Array = body, secret = "secret") =>
    verifySignature({ headers: { "heroku-webhook-hmac-sha256": value }, body: bytes }, secret);
  const hmac = (encoding: "base64" | "hex") =>
    createHmac("sha256", "secret").update(body).digest(encoding);
  const base64 = hmac("base64");

  it("is the HMAC of the body in base64, not in hex", () => {
    expect(signed(base64)).toBe(true);
    expect(heroku.sign?.(body, "secret")).toEqual({ "heroku-webhook-hmac-sha256": base64 });
    expect(signed(hmac("hex"))).toBe(false);
  });

  it("of another body or secret, missing or empty, is refused", () => {
    expect(signed(base64, Buffer.from("{} "))).toBe(false);
    expect(signed(base64, body, "other")).toBe(false);
    expect(signed("")).toBe(false);
    expect(signed(createHmac("sha256", "").update(body).digest("base64"), body, "")).toBe(false);
  });
});
