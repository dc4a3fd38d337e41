import { describe, expect, it } from "vitest";
import { firehydrant } from "@/lib/sources/firehydrant";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (file: string) => statementsOf(firehydrant.read(deliveryOf("firehydrant", file)));
const readJson = (json: unknown) =>
  firehydrant.read({
    source: "firehydrant",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const updated = (incident: object, event: object = {}) =>
  readJson({
    data: { incident: { id: "i1", name: "Down", ...incident } },
    event: { operation: "UPDATED", resource_type: "incident", ...event },
  });
const milestone = (type: string, occurred_at: string) => ({ type, occurred_at });

it("severity is an object on the wire", () => {
  expect(factOf("incident", read("incident.created.1.json"))).toMatchObject({
    members: { title: "API Outage", severity: "SEV1", openedAt: receivedAt.toISOString() },
    timeFromReceipt: true,
  });
});

it("a consumer's flattened form is read alike, with its times", () => {
  const said = read("normalised.incident.created.1.json");
  expect(said[0]?.asOf).toBe("2026-03-02T14:45:10.000Z");
  expect(factOf("incident", said)?.members).toMatchObject({
    title: "Production Database Accidentally Deleted",
    severity: "SEV1",
    openedAt: "2026-03-02T14:43:05.000Z",
    resolvedAt: null,
  });
  expect(jsonOf("firehydrant", "normalised.incident.created.1.json").operation).toBe("CREATED");
});

describe("UPDATED comes for every field: resolution is a milestone, not an operation", () => {
  const started = milestone("started", "2026-01-01T10:00:00Z");
  const acknowledged = milestone("acknowledged", "2026-01-01T10:02:00Z");
  const mitigated = milestone("mitigated", "2026-01-01T10:20:00Z");
  const resolved = milestone("resolved", "2026-01-01T10:30:00Z");

  it("acknowledged and resolved are, mitigated is no end", () => {
    const open = statementsOf(
      updated({ milestones: [started, acknowledged, mitigated], services: [{ name: "checkout" }] }),
    );
    expect(factOf("incident", open)?.members).toMatchObject({
      service: "checkout",
      openedAt: "2026-01-01T10:00:00.000Z",
      acknowledgedAt: "2026-01-01T10:02:00.000Z",
      resolvedAt: null,
    });
    const done = statementsOf(
      updated({ milestones: [started, acknowledged, mitigated, resolved] }),
    );
    for (const order of [
      [...open, ...done],
      [...done, ...open],
    ])
      expect(factOf("incident", order)?.members).toMatchObject({
        service: "checkout",
        resolvedAt: "2026-01-01T10:30:00.000Z",
      });
  });

  it("a milestone taken back opens it again", () => {
    const done = statementsOf(updated({ milestones: [started, resolved] }));
    const again = statementsOf(
      updated({ milestones: [started], updated_at: "2026-01-01T11:00:00Z" }),
    );
    expect(factOf("incident", [...again, ...done])?.members.resolvedAt).toBeNull();
  });
});

describe("the documented delivery, whose times end in UTC", () => {
  const at = (minute: number) => `2023-07-25 13:${minute}:49 UTC`;
  const stamp = (type: string, minute: number) => ({
    type,
    name: type,
    duration: "",
    created_at: at(minute),
    updated_at: at(minute),
    occurred_at: at(minute),
  });
  const documented = (current_milestone: string, milestones: object[], extra: object = {}) =>
    statementsOf(
      updated({
        created_at: at(34),
        started_at: at(34),
        current_milestone,
        milestones,
        severity: { slug: "SEV2", description: "Degraded" },
        impacts: [
          { type: "environment", impact: { id: "e", name: "staging" } },
          { type: "functionality", impact: { id: "f", name: "Pay" } },
          { type: "service", impact: { id: "s", name: "checkout" } },
        ],
        ...extra,
      }),
    );
  const started = stamp("started", 34);
  const resolved = stamp("resolved", 50);

  it("names its service and environment among its impacts", () => {
    expect(factOf("incident", documented("started", [started]))?.members).toMatchObject({
      service: "checkout",
      environment: "staging",
      severity: "SEV2",
      openedAt: "2023-07-25T13:34:49.000Z",
      resolvedAt: null,
    });
  });

  it("is open again while a milestone follows the resolution that its list keeps, in any order", () => {
    const done = documented("resolved", [started, resolved]);
    const again = documented("investigating", [started, resolved, stamp("investigating", 55)]);
    for (const order of [
      [...done, ...again],
      [...again, ...done],
    ])
      expect(factOf("incident", order)?.members.resolvedAt).toBeNull();
    expect(factOf("incident", done)?.members.resolvedAt).toBe("2023-07-25T13:50:49.000Z");
  });

  it.each(["postmortem_started", "retrospective_completed", "closed"])(
    "is over at %s, whether its list says when or not",
    (current) => {
      const all = [started, resolved, stamp(current, 58)];
      const end = (milestones: object[]) =>
        factOf("incident", documented(current, milestones))?.members.resolvedAt;
      expect(end(all)).toBe("2023-07-25T13:50:49.000Z");
      expect(end([started, stamp(current, 58)])).toBe("2023-07-25T13:58:49.000Z");
      expect(end([started])).toBe("2023-07-25T13:34:49.000Z");
    },
  );

  it("of a milestone of one's own is read by its list", () => {
    const own = documented("all_clear", [started, resolved, stamp("all_clear", 52)]);
    expect(factOf("incident", own)?.members.resolvedAt).toBe("2023-07-25T13:50:49.000Z");
  });
});

it("an update without severity and address takes neither away", () => {
  const first = { severity: { slug: "SEV1" }, incident_url: "https://fh.example/i1" };
  const said = [
    updated({ ...first, updated_at: "2026-01-01T10:00:00Z" }),
    updated({ updated_at: "2026-01-01T10:10:00Z" }),
  ].flatMap(statementsOf);
  for (const order of [said, said.toReversed()])
    expect(factOf("incident", order)?.members).toMatchObject({
      severity: "SEV1",
      url: "https://fh.example/i1",
    });
});

it("the first environment is the incident's", () => {
  const [said] = statementsOf(updated({ environments: [{ name: "staging" }, { name: "eu" }] }));
  expect(said?.members).toMatchObject({ environment: "staging" });
});

it("other resources are ignored", () => {
  expect(updated({}, { resource_type: "change_event" })).toMatchObject({
    outcome: "ignored",
    event: "change_event.updated",
  });
});

it("an incident without an id is unreadable", () => {
  expect(() => readJson({})).toThrow(
    expect.objectContaining({ code: "missing_field", field: "data.incident.id" }),
  );
});

it("the signature is the hex HMAC of the raw body, and proves the test that settings send", () => {
  const test = firehydrant.testDelivery?.("t1", receivedAt) ?? {
    headers: {},
    body: Buffer.from(""),
  };
  const headers = firehydrant.sign?.(test.body, "s3cret") ?? {};
  const verify = (secret: string) =>
    firehydrant.verify?.({ headers, body: test.body, receivedAt }, secret);
  expect(verify("s3cret")).toBe(true);
  expect(verify("other")).toBe(false);
  expect(firehydrant.read({ source: "s", ...test, receivedAt }).outcome).toBe("ignored");
});
