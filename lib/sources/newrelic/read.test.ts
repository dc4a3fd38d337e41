import { describe, expect, it } from "vitest";
import { newrelic } from "@/lib/sources/newrelic";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (file: string) => statementsOf(newrelic.read(deliveryOf("newrelic", file)));
const readJson = (json: unknown) =>
  newrelic.read({
    source: "newrelic",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const opened = 1767261600000;
const issue = (state: string, extra: object = {}) =>
  statementsOf(
    readJson({ issueId: "i1", title: "Checkout is slow", state, createdAt: opened, ...extra }),
  );
const factsOf = (...said: ReturnType<typeof issue>[]) => factOf("incident", said.flat())?.members;

it("what a later notification leaves out takes nothing away", () => {
  const whole = { service: "checkout", environment: "staging", priority: "CRITICAL" };
  const said = [issue("activated", whole), issue("closed", { closedAt: opened + 60_000 })];
  for (const order of [said, said.toReversed()])
    expect(factsOf(...order)).toMatchObject({
      service: "checkout",
      environment: "staging",
      severity: "CRITICAL",
    });
});

it("an issue is an incident, opened when it was created", () => {
  expect(read("incident.created.1.json")).toMatchObject([
    {
      noun: "incident",
      key: "newrelic/8114ada3-572e-4550-a310-12375371669e",
      members: {
        title: "Server Down",
        url: "https://alerts.newrelic.com/accounts/2941966/incidents/1234",
      },
    },
  ]);
  expect(factsOf(read("incident.created.1.json"))?.openedAt).toBe("2020-11-11T22:32:11.151Z");
});

it("created and activated both arrive for one issue, and open it once", () => {
  const both = factsOf(issue("created"), issue("ACTIVATED", { updatedAt: opened + 1000 }));
  expect(both).toMatchObject({ openedAt: "2026-01-01T10:00:00.000Z" });
  expect(both?.reopenedAt ?? null).toBeNull();
});

it("is acknowledged and closed when the template says, else at the receipt", () => {
  expect(factsOf(read("incident.acknowledged.1.json"))?.acknowledgedAt).toBe(
    receivedAt.toISOString(),
  );
  expect(factsOf(read("incident.closed.1.json"))?.resolvedAt).toBe(receivedAt.toISOString());
  const told = factsOf(
    issue("ACKNOWLEDGED", { acknowledgedAt: opened + 60_000 }),
    issue("CLOSED", { closedAt: opened + 600_000, updatedAt: opened + 700_000 }),
  );
  expect(told).toMatchObject({
    acknowledgedAt: "2026-01-01T10:01:00.000Z",
    resolvedAt: "2026-01-01T10:10:00.000Z",
  });
});

it("the guide's template is read", () => {
  expect(
    factsOf(issue("ACTIVATED", { priority: "CRITICAL", impactedEntities: ["checkout", "ledger"] })),
  ).toMatchObject({ title: "Checkout is slow", service: "checkout", severity: "CRITICAL" });
});

describe("the body is a user's template", () => {
  it("without any time the incident is open by its receipt", () => {
    const said = statementsOf(readJson({ id: 7, state: "activated", details: "Down" }));
    expect(factOf("incident", said)).toMatchObject({
      members: { title: "Down", openedAt: receivedAt.toISOString() },
      timeFromReceipt: true,
    });
  });

  it.each([
    [{ state: "created" }, "id"],
    [{ id: "i1" }, "state"],
  ])("%j lacks its %s and is quarantined", (json, field) => {
    expect(() => readJson(json)).toThrow(expect.objectContaining({ code: "missing_field", field }));
  });
});

it("the door names the state", () => {
  expect(newrelic.eventName(deliveryOf("newrelic", "incident.closed.1.json"))).toBe(
    "incident.closed",
  );
  expect(jsonOf("newrelic", "incident.closed.1.json").state).toBe("closed");
});

it("the test that settings send is ignored", () => {
  const test = newrelic.testDelivery?.("t1", receivedAt) ?? { headers: {}, body: Buffer.from("") };
  expect(newrelic.read({ source: "s", ...test, receivedAt })).toMatchObject({
    outcome: "ignored",
    event: "incident.test",
  });
});
