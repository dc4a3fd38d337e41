import { describe, expect, it } from "vitest";
import { statuspage } from "@/lib/sources/statuspage";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (file: string) => statementsOf(statuspage.read(deliveryOf("statuspage", file)));
const readJson = (json: unknown) =>
  statuspage.read({
    source: "statuspage",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const incident = (extra: object) => readJson({ incident: { id: "i1", name: "Down", ...extra } });

it("an incident is opened when it was created", () => {
  expect(read("incident-created.1.json")[0]?.key).toBe("statuspage/z3lct0r596n4");
  expect(factOf("incident", read("incident-created.1.json"))?.members).toMatchObject({
    title: "Database query delays",
    service: "Management Portal (example)",
    openedAt: "2017-12-26T07:32:00.507Z",
    resolvedAt: null,
    url: "http://stspg.io/646947c1e",
  });
});

it("impact none is common, and no reason to leave it out", () => {
  expect(factOf("incident", read("incident-created.1.json"))?.members.severity).toBe("none");
});

it("an update that leaves components, impact and link out takes none of them away", () => {
  const first = {
    created_at: "2026-01-01T10:00:00Z",
    updated_at: "2026-01-01T10:00:00Z",
    impact: "major",
    shortlink: "http://stspg.io/i1",
    components: [{ name: "checkout", status: "major_outage" }],
  };
  const later = { status: "monitoring", updated_at: "2026-01-01T10:10:00Z" };
  const said = [first, later].flatMap((extra) => statementsOf(incident(extra)));
  for (const order of [said, said.toReversed()])
    expect(factOf("incident", order)?.members).toMatchObject({
      service: "checkout",
      severity: "major",
      url: "http://stspg.io/i1",
    });
});

it("its resolution stands, whichever arrives first", () => {
  const said = [...read("incident-update.1.json"), ...read("incident-created.1.json")];
  for (const order of [said, said.toReversed()])
    expect(factOf("incident", order)?.members.resolvedAt).toBe("2017-12-26T07:37:20.785Z");
});

it("an update after its resolution opens it again", () => {
  const json = jsonOf("statuspage", "incident-update.1.json");
  const again = {
    ...json.incident,
    status: "investigating",
    resolved_at: null,
    updated_at: "2017-12-26T08:00:00Z",
  };
  const said = [...statementsOf(readJson({ incident: again })), ...read("incident-update.1.json")];
  expect(factOf("incident", said)?.members.resolvedAt).toBeNull();
});

describe("scheduled maintenance has the same shape and is ignored", () => {
  it.each([
    { scheduled_for: "2026-01-01T10:00:00Z", status: "investigating" },
    { status: "scheduled" },
    { status: "completed" },
  ])("%j", (extra) => {
    expect(incident(extra)).toMatchObject({
      outcome: "ignored",
      event: `incident.${extra.status}`,
    });
  });
});

it("component updates are no incident", () => {
  expect(statuspage.read(deliveryOf("statuspage", "component-status-update.1.json"))).toMatchObject(
    {
      outcome: "ignored",
      event: "component.under_maintenance",
    },
  );
});

it("the newest of incident_updates is first, and stands in for what the incident leaves out", () => {
  const [said] = statementsOf(
    incident({
      created_at: "2026-01-01T10:00:00Z",
      incident_updates: [
        { status: "resolved", created_at: "2026-01-01T11:00:00Z" },
        { status: "investigating", created_at: "2026-01-01T10:00:00Z" },
      ],
    }),
  );
  expect(said).toMatchObject({
    asOf: "2026-01-01T11:00:00.000Z",
    members: { resolvedAt: "2026-01-01T11:00:00.000Z" },
  });
});

it("a component that does not work names the service before one that does", () => {
  const components = [
    { name: "Web", status: "operational" },
    { name: "API", status: "major_outage" },
  ];
  expect(statementsOf(incident({ components }))[0]?.members).toMatchObject({ service: "API" });
});

it.each([
  [{}, "incident"],
  [{ incident: { name: "Down" } }, "incident.id"],
])("%j lacks %s", (json, field) => {
  expect(() => readJson(json)).toThrow(expect.objectContaining({ code: "missing_field", field }));
});

it("the test that settings send is ignored", () => {
  const test = statuspage.testDelivery?.("t1", receivedAt) ?? {
    headers: {},
    body: Buffer.from(""),
  };
  expect(statuspage.read({ source: "s", ...test, receivedAt }).outcome).toBe("ignored");
});

it("that is over keeps the component that was broken, though another is listed first", () => {
  const at = (time: string, status: string, api: string) =>
    statementsOf(
      incident({
        status,
        created_at: "2026-01-01T10:00:00Z",
        updated_at: time,
        components: [
          { name: "Web", status: "operational" },
          { name: "API", status: api },
        ],
      }),
    );
  const all = [
    ...at("2026-01-01T10:00:00Z", "investigating", "major_outage"),
    ...at("2026-01-01T11:00:00Z", "resolved", "operational"),
  ];
  for (const order of [all, all.toReversed()])
    expect(factOf("incident", order)?.members).toMatchObject({
      service: "API",
      resolvedAt: "2026-01-01T11:00:00.000Z",
    });
});
