import { describe, expect, it } from "vitest";
import { opsgenie } from "@/lib/sources/opsgenie";
import { deliveryOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (file: string) => statementsOf(opsgenie.read(deliveryOf("opsgenie", file)));
const readText = (body: string) =>
  opsgenie.read({ source: "opsgenie", headers: {}, body: Buffer.from(body), receivedAt });
const act = (action: string, alert: object = {}) =>
  readText(JSON.stringify({ action, alert: { alertId: "a1", message: "Down", ...alert } }));

it("Create opens an alert", () => {
  expect(factOf("alert", read("create.1.json"))).toEqual({
    asOf: "2017-08-14T11:25:56.288Z",
    timeFromReceipt: false,
    members: {
      name: "another alert",
      startedAt: "2017-08-14T11:25:56.288Z",
      severity: "P3",
      service: "Server",
      labels: { tags: "vip" },
    },
  });
});

it("Acknowledge and UnAcknowledge leave it open, Close ends it when it was updated", () => {
  const open = [...read("acknowledge.1.json"), ...read("unacknowledge.1.json")];
  expect(factOf("alert", open)?.members).toMatchObject({
    name: "test alert",
    startedAt: "2015-01-05T10:03:11.104Z",
  });
  expect(factOf("alert", open)?.members.endedAt ?? null).toBeNull();
  const closed = factOf("alert", [...read("close.1.json"), ...open]);
  expect(closed?.members.endedAt).toBe("2015-01-05T10:06:14.669Z");
});

describe("updatedAt", () => {
  it("is nanoseconds beyond a double: no digit is lost", () => {
    const at = (digits: string) =>
      statementsOf(
        readText(`{"action":"Close","alert":{"alertId":"a1","createdAt":1,"updatedAt":${digits}}}`),
      )[0]?.asOf;
    expect(at("1420452224764000001")).toBe("2015-01-05T10:03:44.764Z");
    expect(at("1420452224763999999")).toBe("2015-01-05T10:03:44.763Z");
    expect(at("1420452224764")).toBe("2015-01-05T10:03:44.764Z");
  });
});

it("Delete ends it too, and says that it was no fix", () => {
  expect(factOf("alert", read("delete.1.json"))?.members).toMatchObject({
    name: "test alert",
    endedAt: "2015-01-05T10:06:14.669Z",
    summary: "Deleted in Opsgenie, not closed.",
  });
});

it.each(["AddNote", "AddTags", "Escalate", "AssignOwnership"])(
  "%s is no change of state and is ignored",
  (action) => {
    expect(act(action)).toMatchObject({ outcome: "ignored", event: action });
  },
);

it.each([
  [3, "P3"],
  ["P1", "P1"],
  ["2", "P2"],
])("priority %j is %s", (priority, severity) => {
  expect(statementsOf(act("Create", { priority }))[0]?.members).toMatchObject({ severity });
});

it("tags and details name service and environment before the entity does", () => {
  const [said] = statementsOf(
    act("Create", {
      entity: "db-1",
      tags: ["service:checkout", "vip"],
      details: { env: "staging", odd: 7 },
      description: "Too slow",
    }),
  );
  expect(said?.members).toMatchObject({
    service: "checkout",
    environment: "staging",
    labels: { service: "checkout", env: "staging", tags: "vip" },
    summary: "Too slow",
  });
});

describe("what a later action leaves out takes nothing away", () => {
  const created = act("Create", {
    createdAt: 1420452191104,
    entity: "checkout",
    tags: ["vip"],
    details: { env: "staging" },
    description: "Too slow",
    priority: "P2",
  });

  it.each(["Acknowledge", "UnAcknowledge", "UpdatePriority", "UpdateMessage", "Close"])(
    "%s with empty tags and an empty entity, as published",
    (action) => {
      const thin = act(action, {
        updatedAt: 1420452374669,
        createdAt: 1420452191104,
        tags: [],
        entity: "",
      });
      for (const order of [
        [created, thin],
        [thin, created],
      ])
        expect(factOf("alert", order.flatMap(statementsOf))?.members).toMatchObject({
          service: "checkout",
          environment: "staging",
          severity: "P2",
          labels: { tags: "vip", env: "staging" },
          summary: "Too slow",
        });
    },
  );

  it("tags alone, without the details that Create came with", () => {
    const closed = act("Close", { updatedAt: 1420452374669, tags: ["vip", "late"] });
    const said = [created, closed].flatMap(statementsOf);
    expect(factOf("alert", said)?.members.labels).toEqual({ tags: "vip", env: "staging" });
  });
});

it.each([
  [{}, "missing_field", "action"],
  [{ action: "Create", alert: null }, "missing_field", "alert.alertId"],
])("%j is unreadable: %s %s", (json, code, field) => {
  expect(() => readText(JSON.stringify(json))).toThrow(expect.objectContaining({ code, field }));
});

it("the test that settings send is ignored", () => {
  const test = opsgenie.testDelivery?.("t1", receivedAt) ?? { headers: {}, body: Buffer.from("") };
  expect(opsgenie.read({ source: "opsgenie", ...test, receivedAt }).outcome).toBe("ignored");
  expect(opsgenie.eventName({ ...test, receivedAt })).toBe("AddNote");
});
