import { describe, expect, it } from "vitest";
import { incidentio } from "@/lib/sources/incidentio";
import { deliveryOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (file: string) => statementsOf(incidentio.read(deliveryOf("incidentio", file)));
const readJson = (json: unknown, headers: Record<string, string> = {}) =>
  incidentio.read({
    source: "incidentio",
    headers,
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const sent = (event: string, told: unknown) => readJson({ event_type: event, [event]: told });
const created = "public_incident.incident_created_v2";
const status = "public_incident.incident_status_updated_v2";
const incident = {
  id: "01A",
  name: "Checkout is down",
  reference: "INC-1",
  permalink: "https://app.incident.io/incidents/1",
  created_at: "2026-01-01T10:00:00Z",
  updated_at: "2026-01-01T10:00:00Z",
  severity: { name: "Major" },
  incident_status: { category: "live", name: "Investigating" },
};
const moved = (from: string, to: string, updated_at: string, stamps: object[] = []) =>
  statementsOf(
    sent(status, {
      incident: {
        ...incident,
        updated_at,
        incident_status: { category: to },
        incident_timestamp_values: stamps,
      },
      new_status: { category: to },
      previous_status: { category: from },
    }),
  );

describe("an incident", () => {
  it("stands under a key that repeats the event's name", () => {
    expect(read("incident_created_v2.1.json")).toMatchObject([
      { noun: "incident", key: "incidentio/01FDAG4SAP5TYPT98WGR2N7W91", timeFromReceipt: true },
    ]);
    expect(factOf("incident", read("incident_created_v2.1.json"))?.members).toMatchObject({
      title: "Database sad",
      openedAt: receivedAt.toISOString(),
    });
  });

  it("in a consumer's flattened form is read alike", () => {
    expect(
      factOf("incident", read("normalised.incident_created_v2.1.json"))?.members,
    ).toMatchObject({
      title: "Our database is sad",
      severity: "Minor",
      openedAt: "2021-08-17T13:28:57.801Z",
      url: "https://app.incident.io/incidents/123",
    });
  });

  it("without a time is of the signed timestamp", () => {
    const [said] = statementsOf(
      readJson(
        { event_type: created, [created]: { id: "01A", name: "Down" } },
        { "webhook-timestamp": "1767261600" },
      ),
    );
    expect(said?.asOf).toBe("2026-01-01T10:00:00.000Z");
  });

  it("is resolved and opened again by its status: the event holds incident, new_status and previous_status", () => {
    const said = [
      ...statementsOf(sent(created, incident)),
      ...moved("live", "learning", "2026-01-01T10:30:00Z"),
      ...moved("learning", "closed", "2026-01-03T10:30:00Z"),
    ];
    expect(factOf("incident", said)?.members).toMatchObject({
      openedAt: "2026-01-01T10:00:00.000Z",
      resolvedAt: "2026-01-01T10:30:00.000Z",
    });
    const again = moved("closed", "live", "2026-01-04T10:00:00Z");
    expect(factOf("incident", [...again, ...said])?.members).toMatchObject({
      resolvedAt: null,
      reopenedAt: "2026-01-04T10:00:00.000Z",
    });
  });

  describe("opened again", () => {
    const stamped = (from: string, to: string, updated_at: string, resolvedAt: string) =>
      moved(from, to, updated_at, [
        { incident_timestamp: { name: "Resolved at" }, value: { value: resolvedAt } },
      ]);
    const first = stamped("live", "closed", "2026-01-01T10:30:00Z", "2026-01-01T10:20:00Z");
    const again = stamped("closed", "live", "2026-01-01T11:00:00Z", "2026-01-01T10:20:00Z");
    const second = stamped("live", "closed", "2026-01-01T12:00:00Z", "2026-01-01T10:20:00Z");

    it("is over once more, though its stamp still tells of the first time, in any order", () => {
      for (const order of [
        [first, again, second],
        [second, again, first],
        [again, second, first],
      ])
        expect(factOf("incident", order.flat())?.members).toMatchObject({
          openedAt: "2026-01-01T10:00:00.000Z",
          reopenedAt: "2026-01-01T11:00:00.000Z",
          resolvedAt: "2026-01-01T12:00:00.000Z",
        });
      expect(factOf("incident", first)?.members.resolvedAt).toBe("2026-01-01T10:20:00.000Z");
    });

    it("keeps its opening where only a receipt tells of it", () => {
      const bare = { id: "01A", name: "Down" };
      const told = statementsOf(
        sent(status, {
          incident: { ...bare, updated_at: "2026-01-01T11:00:00Z" },
          new_status: { category: "live" },
          previous_status: { category: "closed" },
        }),
      );
      const seen = statementsOf(sent(created, { ...bare, updated_at: "2026-01-01T10:00:00Z" }));
      expect(factOf("incident", [...told, ...seen])?.members.openedAt).toBe(
        "2026-01-01T10:00:00.000Z",
      );
    });
  });

  it.each(["declined", "merged", "canceled"])("that is %s is over", (category) => {
    const said = moved("triage", category, "2026-01-01T10:05:00Z");
    expect(factOf("incident", said)?.members.resolvedAt).toBe("2026-01-01T10:05:00.000Z");
  });

  it("has the times and the service that people filled in", () => {
    const stamp = (name: string, value: string) => ({
      incident_timestamp: { name },
      value: { value },
    });
    const said = sent(created, {
      ...incident,
      incident_status: { category: "closed" },
      incident_timestamp_values: [
        stamp("Reported at", "2026-01-01T09:50:00Z"),
        stamp("Accepted at", "2026-01-01T09:55:00Z"),
        stamp("Resolved at", "2026-01-01T10:20:00Z"),
      ],
      custom_field_entries: [
        { custom_field: { name: "Team" }, values: [{ value_text: "a" }] },
        {
          custom_field: { name: "Affected services" },
          values: [{ value_catalog_entry: { name: "checkout" } }],
        },
      ],
    });
    expect(factOf("incident", statementsOf(said))?.members).toMatchObject({
      service: "checkout",
      openedAt: "2026-01-01T09:50:00.000Z",
      acknowledgedAt: "2026-01-01T09:55:00.000Z",
      resolvedAt: "2026-01-01T10:20:00.000Z",
    });
  });
});

it("private_incident events carry an id only and are ignored", () => {
  expect(sent("private_incident.incident_created_v2", { id: "01A" })).toMatchObject({
    outcome: "ignored",
    event: "private_incident.incident_created_v2",
  });
});

it.each([
  ["public_incident.follow_up_created_v1", { id: "f" }],
  [created, { ...incident, mode: "test" }],
])("%s of no incident is ignored", (event, told) => {
  expect(sent(event, told).outcome).toBe("ignored");
});

it.each([
  [{}, "event_type"],
  [{ event_type: created }, `${created}.id`],
])("%j lacks %s", (json, field) => {
  expect(() => readJson(json)).toThrow(expect.objectContaining({ code: "missing_field", field }));
});

it("the test that settings send proves itself and is ignored", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const test = incidentio.testDelivery?.("t1", receivedAt) ?? {
    headers: {},
    body: Buffer.from(""),
  };
  const headers = { ...test.headers, ...incidentio.sign?.(test.body, secret, test.headers) };
  expect(incidentio.verify?.({ headers, body: test.body, receivedAt }, secret)).toBe(true);
  expect(incidentio.read({ source: "s", headers, body: test.body, receivedAt }).outcome).toBe(
    "ignored",
  );
});
