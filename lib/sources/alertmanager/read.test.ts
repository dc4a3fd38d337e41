import { describe, expect, it } from "vitest";
import { alertmanager } from "@/lib/sources/alertmanager";
import type { DeliveryInput } from "@/lib/sources/reader";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (delivery: DeliveryInput) => statementsOf(alertmanager.read(delivery));
const readJson = (json: unknown) =>
  alertmanager.read({
    source: "alerts",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const group = (alerts: object[], extra: object = {}) =>
  readJson({ version: "4", status: "firing", alerts, ...extra });
const alert = (extra: object = {}) => ({
  status: "firing",
  fingerprint: "f1",
  labels: { alertname: "HighErrorRate" },
  startsAt: "2026-01-01T10:00:00.5Z",
  ...extra,
});

describe("a group", () => {
  it("is one fact per alert, by fingerprint and start", () => {
    expect(read(deliveryOf("alertmanager", "group-firing.1.json")).map(({ key }) => key)).toEqual([
      "alertmanager/a1bc48475b20e73d:2020-02-06T00:17:58.432Z",
      "alertmanager/c2ea85182f28cbd9:2020-02-06T00:17:58.432Z",
    ]);
  });

  it("may be firing while some of its alerts are already resolved", () => {
    const ended = alert({ fingerprint: "f2", status: "resolved", endsAt: "2026-01-01T10:05:00Z" });
    const members = statementsOf(group([alert(), ended])).map((statement) => statement.members);
    expect(members[0]).not.toHaveProperty("endedAt");
    expect(members[1]).toMatchObject({ endedAt: "2026-01-01T10:05:00.000Z" });
  });

  it("that comes again every repeat_interval says the same", () => {
    const again = (receipt: string) =>
      read({
        ...deliveryOf("alertmanager", "group-firing.1.json"),
        receivedAt: new Date(receipt),
      });
    expect(again("2026-01-01T04:00:00Z")).toEqual(again("2026-01-01T08:00:00Z"));
  });

  it("is told apart by its alerts alone, since groupKey is not unique between routes", () => {
    const [a] = statementsOf(group([alert()], { groupKey: "{}:{a}" }));
    const [b] = statementsOf(group([alert()], { groupKey: "{}:{b}" }));
    expect(a).toEqual(b);
  });

  it("cut by max_alerts says so", () => {
    expect(group([alert()], { truncatedAlerts: 3 })).toMatchObject({
      event: "group.firing (cut off by the sender)",
    });
  });

  it("of a newer sender says why it comes, which changes no alert", () => {
    const said = statementsOf(group([alert()], { notification_reason: "repeat_interval" }));
    expect(said).toEqual(statementsOf(group([alert()])));
  });

  it("without alerts is ignored", () => {
    expect(group([])).toMatchObject({ outcome: "ignored", event: "group.firing" });
  });
});

describe("the end of an alert", () => {
  const ended = (extra: object) => statementsOf(group([alert(extra)]))[0]?.members;

  it("of a firing one is none, whether zero or in the future", () => {
    for (const endsAt of ["0001-01-01T00:00:00Z", "2099-01-01T00:00:00Z"])
      expect(ended({ endsAt })).not.toHaveProperty("endedAt");
  });

  it("of a resolved one without a time is its receipt, marked", () => {
    expect(
      factOf("alert", read(deliveryOf("alertmanager", "group-resolved.1.json"))),
    ).toMatchObject({ members: { endedAt: receivedAt.toISOString() }, timeFromReceipt: true });
  });

  it("stands whichever of firing and resolved arrives first", () => {
    const said = [
      ...statementsOf(group([alert({ status: "resolved", endsAt: "2026-01-01T10:05:00Z" })])),
      ...statementsOf(group([alert()])),
    ];
    for (const order of [said, said.toReversed()])
      expect(factOf("alert", order)?.members.endedAt).toBe("2026-01-01T10:05:00.000Z");
  });
});

describe("an old sender", () => {
  it("leaves out status and fingerprint: the group's status and a hash of the labels stand in", () => {
    const [statement] = read(deliveryOf("alertmanager", "group-firing.old.1.json"));
    expect(statement?.key).toMatch(/^alertmanager\/[0-9a-f]{16}:2018-03-07T11:33:21\.873Z$/);
    const json = jsonOf("alertmanager", "group-firing.old.1.json");
    const labels = Object.fromEntries(Object.entries(json.alerts[0].labels).toReversed());
    const resolved = { ...json, status: "resolved", alerts: [{ ...json.alerts[0], labels }] };
    const [same] = statementsOf(readJson(resolved));
    expect(same?.key.slice("alerts".length)).toBe(statement?.key.slice("alertmanager".length));
    expect(same?.members).toHaveProperty("endedAt");
  });
});

it("an alert's words are its annotations, its address the expression's", () => {
  const [said] = statementsOf(
    group([alert({ annotations: { summary: "s", description: "d" }, generatorURL: "http://p" })]),
  );
  expect(said?.members).toMatchObject({ name: "HighErrorRate", summary: "s", url: "http://p" });
  const [short] = statementsOf(group([alert({ annotations: { description: "d" } })]));
  expect(short?.members).toMatchObject({ summary: "d" });
});

describe("labels", () => {
  const members = (labels: object) => statementsOf(group([alert({ labels })]))[0]?.members;

  it("are kept, the severity among them", () => {
    const labels = { alertname: "HighErrorRate", severity: "critical", odd: 7 };
    expect(members(labels)).toMatchObject({
      name: "HighErrorRate",
      severity: "critical",
      labels: { alertname: "HighErrorRate", severity: "critical" },
    });
  });

  it.each([
    [{ service: "a", app: "b", job: "c" }, "a"],
    [{ app: "b", job: "c" }, "b"],
    [{ job: "c" }, "c"],
    [{}, null],
  ])("%j name the service %s", (labels, service) => {
    expect(members(labels)).toMatchObject({ service });
  });

  it.each([
    [{ environment: "a", env: "b", stage: "c" }, "a"],
    [{ env: "b", stage: "c" }, "b"],
    [{ stage: "c" }, "c"],
    [{ namespace: "shop" }, null],
  ])("%j name the environment %s", (labels, environment) => {
    expect(members(labels)).toMatchObject({ environment });
  });
});

it.each([
  [{}, "missing_field", "alerts"],
  [{ alerts: [null] }, "wrong_type", "alerts[0]"],
  [
    { alerts: [alert(), alert({ startsAt: "0001-01-01T00:00:00Z" })] },
    "wrong_type",
    "alerts[1].startsAt",
  ],
])("%j is unreadable: %s %s", (json, code, field) => {
  expect(() => readJson(json)).toThrow(expect.objectContaining({ code, field }));
});

it("the door sees the group's status without reading the body", () => {
  const { headers, body } = deliveryOf("alertmanager", "group-resolved.1.json");
  expect(alertmanager.eventName({ headers, body, receivedAt })).toBe("group.resolved");
  expect(alertmanager.eventName({ headers, body: Buffer.from("{"), receivedAt })).toBe(
    "group.unknown",
  );
});
