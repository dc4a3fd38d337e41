import { describe, expect, it } from "vitest";
import { flagsmith } from "@/lib/sources/flagsmith";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (file: string) => statementsOf(flagsmith.read(deliveryOf("flagsmith", file)));
const readJson = (json: unknown) =>
  flagsmith.read({
    source: "flagsmith",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const updated = (state: object, event_type = "FLAG_UPDATED") => {
  const json = jsonOf("flagsmith", "flag_updated.1.json");
  return readJson({
    event_type,
    data: { ...json.data, new_state: { ...json.data.new_state, ...state } },
  });
};

it("a flag's update is a release, with the share of its variants", () => {
  const [said] = read("flag_updated.1.json");
  expect(said?.key).toBe("flagsmith/7168:23:2021-06-18T07:50:26.595Z");
  expect(factOf("release", [said as never])?.members).toMatchObject({
    service: "Flagsmith Website",
    environment: "Development",
    subject: "flag",
    flag: "butter_bar",
    enabled: true,
    percent: 50,
    author: "user@domain.com",
    at: "2021-06-18T07:50:26.595Z",
  });
});

it("one without variants has no percentage, and one switched off is off", () => {
  const [said] = statementsOf(updated({ enabled: false, multivariate_feature_state_values: [] }));
  expect(said?.members).toMatchObject({ enabled: false });
  expect(said?.members).not.toHaveProperty("percent");
});

describe("an override has the same event_type", () => {
  it.each([{ identity: 7 }, { identity_identifier: "ana" }])(
    "of an identity %j is ignored",
    (state) => {
      expect(updated(state)).toMatchObject({ outcome: "ignored", event: "FLAG_UPDATED" });
    },
  );

  it("of a segment is a release that leaves the flag as it is", () => {
    const [said] = statementsOf(updated({ enabled: false, feature_segment: { id: 3 } }));
    expect(said?.members).toMatchObject({ title: "butter_bar, for a segment" });
    expect(said?.members).not.toHaveProperty("enabled");
    expect(said?.key).not.toBe(read("flag_updated.1.json")[0]?.key);
  });
});

it("a deleted flag is off, by what it was before", () => {
  const { previous_state, timestamp } = jsonOf("flagsmith", "flag_updated.1.json").data;
  const said = readJson({ event_type: "FLAG_DELETED", data: { previous_state, timestamp } });
  expect(factOf("release", statementsOf(said))?.members).toMatchObject({
    flag: "butter_bar",
    enabled: false,
  });
});

describe("an entry of the audit log", () => {
  it("is free text with environment null: the flag stands behind its colon", () => {
    expect(factOf("release", read("audit-log.feature-created.1.json"))?.members).toMatchObject({
      service: "Project name",
      environment: null,
      flag: "my_feature",
      title: "New Flag / Remote Config created",
      author: "user@domain.com",
      at: "2020-02-23T17:30:57.006Z",
    });
  });

  it.each([
    ["FEATURE_STATE", "Flag state updated for feature: a"],
    ["SEGMENT", "New Segment created: b"],
    ["FEATURE", "Something happened"],
    ["FEATURE", null],
  ])("about a %s that says %s is ignored", (related_object_type, log) => {
    expect(readJson({ log, related_object_type })).toMatchObject({
      outcome: "ignored",
      event: `audit-log.${related_object_type.toLowerCase()}`,
    });
  });

  it("of a deleted flag has it off", () => {
    const said = readJson({
      log: "Flag / Remote Config Deleted: a",
      related_object_type: "FEATURE",
    });
    expect(statementsOf(said)[0]?.members).toMatchObject({ flag: "a", enabled: false });
  });
});

it.each([
  [{}, "event_type"],
  [{ event_type: "FLAG_UPDATED" }, "data.new_state.feature.name"],
])("%j lacks %s", (json, field) => {
  expect(() => readJson(json)).toThrow(expect.objectContaining({ code: "missing_field", field }));
});

it("the signature is the hex HMAC of the raw body, and proves the test that settings send", () => {
  const test = flagsmith.testDelivery?.("t1", receivedAt) ?? { headers: {}, body: Buffer.from("") };
  const headers = flagsmith.sign?.(test.body, "s3cret") ?? {};
  const verify = (secret: string) =>
    flagsmith.verify?.({ headers, body: test.body, receivedAt }, secret);
  expect(verify("s3cret")).toBe(true);
  expect(verify("other")).toBe(false);
  expect(flagsmith.read({ source: "s", ...test, receivedAt }).outcome).toBe("ignored");
});
