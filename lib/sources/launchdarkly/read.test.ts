import { describe, expect, it } from "vitest";
import { launchdarkly } from "@/lib/sources/launchdarkly";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (file: string) => statementsOf(launchdarkly.read(deliveryOf("launchdarkly", file)));
const readJson = (json: unknown) =>
  launchdarkly.read({
    source: "launchdarkly",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const change = (action: string, extra: object = {}) =>
  readJson({
    _id: "e1",
    kind: "flag",
    date: 1767261600000,
    accesses: [{ action, resource: "proj/shop:env/production;eu:flag/new-tax;ops" }],
    ...extra,
  });
const releaseOf = (reading: ReturnType<typeof change>) =>
  factOf("release", statementsOf(reading))?.members;

describe("titleVerb says on or off, action updateOn covers both", () => {
  it("off, in an entry as the webhook sends it", () => {
    const [said] = read("flag.updateOn.1.json");
    expect(said).toMatchObject({
      noun: "release",
      key: "launchdarkly/another-toggle-feature:test:updateOn:2026-02-24T13:26:03.356Z",
      members: {
        service: "default",
        environment: "test",
        subject: "flag",
        flag: "another-toggle-feature",
        enabled: false,
        author: "user@example.com",
        at: "2026-02-24T13:26:03.356Z",
      },
    });
  });

  it("on, in the context that integrations are given", () => {
    expect(factOf("release", read("context.flag.updateOn.1.json"))?.members).toMatchObject({
      service: "default",
      environment: "production",
      flag: "demo-flag",
      title: "Demo flag",
      enabled: true,
      author: "testing@launchdarkly.com",
      at: "2020-02-04T00:48:39.650Z",
      url: "https://app.launchdarkly.com/default/production/features/demo-flag",
    });
  });

  it("neither is guessed from another verb", () => {
    expect(releaseOf(change("updateOn", { titleVerb: "updated the flag" }))).not.toHaveProperty(
      "enabled",
    );
  });
});

describe("environment ~ or * means a change for all", () => {
  it("as an archived flag, which serves nobody any more", () => {
    const [said] = read("context.flag.updateArchived.1.json");
    expect(said?.members).toMatchObject({
      flag: "a-brand-new-flag",
      environment: null,
      enabled: false,
    });
  });

  it("and so in a resource", () => {
    const accesses = [{ action: "createFlag", resource: "proj/shop:env/*:flag/a" }];
    expect(releaseOf(change("", { accesses }))).toMatchObject({
      flag: "a",
      service: "shop",
      environment: null,
    });
  });
});

describe("metadata edits are no releases", () => {
  it.each([
    "updateTags",
    "updateDescription",
    "updateName",
    "updateMaintainer",
    "updateIncludeInSnippet",
  ])("%s", (action) => {
    expect(change(action)).toMatchObject({ outcome: "ignored", event: `flag.${action}` });
  });

  it("nor are changes of an environment", () => {
    expect(
      launchdarkly.read(deliveryOf("launchdarkly", "context.environment.updateTags.1.json")),
    ).toMatchObject({ outcome: "ignored", event: "environment.updateTags" });
  });
});

describe("a rollout", () => {
  const version = (rollout: object, values: unknown[] = [true, false]) => ({
    currentVersion: {
      variations: values.map((value) => ({ value })),
      environments: { production: { fallthrough: { rollout } } },
    },
  });

  it("has the share of the variation true, of weights where 100000 is all", () => {
    const variations = [
      { variation: 0, weight: 25_000 },
      { variation: 1, weight: 75_000 },
    ];
    expect(releaseOf(change("updateFallthrough", version({ variations })))).toMatchObject({
      service: "shop",
      environment: "production",
      flag: "new-tax",
      percent: 25,
    });
  });

  it.each([
    ["of another kind of flag", version({ variations: [{ variation: 0, weight: 1 }] }, ["a", "b"])],
    ["that is not told", {}],
    ["beyond all", version({ variations: [{ variation: 0, weight: 100_001 }] })],
  ])("%s has none", (_, extra) => {
    expect(releaseOf(change("updateFallthrough", extra))).not.toHaveProperty("percent");
  });

  it("of rules is a release without one", () => {
    const members = factOf("release", read("context.flag.updateRules.1.json"))?.members;
    expect(members).toMatchObject({ flag: "demo-flag", environment: "production" });
    expect(members).not.toHaveProperty("percent");
    expect(jsonOf("launchdarkly", "context.flag.updateRules.1.json").tags).toContain("ops");
  });
});

it("a tag of the flag names the service before its project does", () => {
  expect(releaseOf(change("updateOn", { tags: ["ops", "service:checkout"] }))).toMatchObject({
    service: "checkout",
  });
});

it.each([
  [{}, "kind"],
  [{ kind: "flag", accesses: [{ action: "updateOn" }] }, "accesses[0].resource"],
])("%j lacks %s", (json, field) => {
  expect(() => readJson(json)).toThrow(expect.objectContaining({ code: "missing_field", field }));
});

it("the signature is the hex HMAC of the raw body, and proves the test that settings send", () => {
  const test = launchdarkly.testDelivery?.("t1", receivedAt) ?? {
    headers: {},
    body: Buffer.from(""),
  };
  const headers = launchdarkly.sign?.(test.body, "s3cret") ?? {};
  const verify = (secret: string) =>
    launchdarkly.verify?.({ headers, body: test.body, receivedAt }, secret);
  expect(verify("s3cret")).toBe(true);
  expect(verify("other")).toBe(false);
  expect(launchdarkly.read({ source: "s", ...test, receivedAt }).outcome).toBe("ignored");
});
