import { describe, expect, it } from "vitest";
import { deliveryOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";
import { unleash } from "@/lib/sources/unleash";

const read = (file: string) => statementsOf(unleash.read(deliveryOf("unleash", file)));
const readJson = (json: unknown) =>
  unleash.read({
    source: "unleash",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const event = (type: string, extra: object = {}) =>
  readJson({
    id: 1,
    type,
    featureName: "new-tax",
    project: "shop",
    environment: "production",
    createdAt: "2026-01-01T10:00:00Z",
    data: null,
    ...extra,
  });

it("a flag switched on is a release, though data is null: the type says what happened", () => {
  const [said] = read("feature-environment-enabled.1.json");
  expect(said?.key).toBe("unleash/842");
  expect(factOf("release", [said as never])?.members).toMatchObject({
    service: "my-project",
    environment: "development",
    subject: "flag",
    flag: "my-constrained-toggle",
    enabled: true,
    author: "user@company.com",
    at: "2022-05-12T08:49:49.521Z",
  });
});

it.each([
  ["feature-environment-disabled", false],
  ["feature-archived", false],
  ["feature-deleted", false],
  ["feature-revived", undefined],
  ["feature-created", undefined],
])("%s has it enabled: %s", (type, enabled) => {
  const members = factOf("release", statementsOf(event(type)))?.members;
  expect(members?.enabled).toBe(enabled);
});

it("a strategy's rollout is the percentage, as a text", () => {
  expect(factOf("release", read("feature-strategy-add.1.json"))?.members).toMatchObject({
    flag: "new-feature",
    service: "my-other-project",
    environment: "default",
    percent: 67,
  });
});

it.each([
  [{ parameters: { rollout: "101" } }],
  [{ parameters: { rollout: "many" } }],
  [{ parameters: { rollout: "50" }, disabled: true }],
  [{ parameters: null }],
])("%j tells no percentage", (data) => {
  expect(statementsOf(event("feature-strategy-update", { data }))[0]?.members).not.toHaveProperty(
    "percent",
  );
});

it("a flag is made in all environments", () => {
  expect(read("feature-created.1.json")[0]?.members).toMatchObject({
    flag: "test-flag",
    environment: null,
    title: "Flag created",
  });
});

describe("change requests: only change-request-applied changes the flag", () => {
  it.each(["change-request-created", "change-request-approved", "change-request-rejected"])(
    "%s is ignored",
    (type) => {
      expect(event(type)).toMatchObject({ outcome: "ignored", event: type });
    },
  );

  it("applied is a release of the flag it names, and of none where it names none", () => {
    expect(event("change-request-applied").outcome).toBe("read");
    expect(event("change-request-applied", { featureName: null }).outcome).toBe("ignored");
  });
});

it.each(["feature-tagged", "feature-stale-on", "feature-metadata-updated", "segment-updated"])(
  "%s is ignored",
  (type) => {
    expect(event(type)).toMatchObject({ outcome: "ignored", event: type });
  },
);

describe("the body may be a user's template", () => {
  it("with the event inside", () => {
    const inside = { type: "feature-environment-enabled", featureName: "a", project: "shop" };
    expect(factOf("release", statementsOf(readJson({ event: inside })))).toMatchObject({
      members: { flag: "a", service: "shop", enabled: true, at: receivedAt.toISOString() },
      timeFromReceipt: true,
    });
  });

  it.each([
    [{ text: "Flag changed" }, "type"],
    [{ type: "feature-created" }, "featureName"],
  ])("%j lacks %s and is quarantined", (json, field) => {
    expect(() => readJson(json)).toThrow(expect.objectContaining({ code: "missing_field", field }));
  });
});

it.each([
  [[{ type: "service", value: "checkout" }]],
  [
    [
      { type: "simple", value: "vip" },
      { type: "simple", value: "service:checkout" },
    ],
  ],
])("tags %j name the service before the project does", (tags) => {
  expect(statementsOf(event("feature-created", { tags }))[0]?.members).toMatchObject({
    service: "checkout",
  });
});

it("the test that settings send is ignored", () => {
  const test = unleash.testDelivery?.("t1", receivedAt) ?? { headers: {}, body: Buffer.from("") };
  expect(unleash.read({ source: "s", ...test, receivedAt }).outcome).toBe("ignored");
});
