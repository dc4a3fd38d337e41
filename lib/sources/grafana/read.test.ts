import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { grafana } from "@/lib/sources/grafana";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (file: string) => grafana.read(deliveryOf("grafana", file));
const readJson = (json: unknown, at = receivedAt) =>
  grafana.read({
    source: "grafana",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt: at,
  });
const membersOf = (json: unknown) => statementsOf(readJson(json))[0]?.members;
const firing = (extra: object = {}) => ({
  status: "firing",
  version: "1",
  alerts: [
    {
      status: "firing",
      fingerprint: "f1",
      startsAt: "2026-01-01T10:00:00+02:00",
      endsAt: "0001-01-01T00:00:00Z",
      ...extra,
    },
  ],
});

describe("a group of unified alerting", () => {
  it("is an alert each, by fingerprint and start", () => {
    expect(statementsOf(read("alerting.firing.1.json"))).toMatchObject([
      {
        noun: "alert",
        key: "grafana/c6eadffa33fcdf37:2021-10-12T07:51:03.157Z",
        members: {
          name: "High memory usage",
          startedAt: "2021-10-12T07:51:03.157Z",
          labels: { team: "blue", zone: "us-1" },
          summary: "This alert was triggered for zone us-1",
          url: "https://play.grafana.org/alerting/1afz29v7z/edit",
        },
      },
      { noun: "alert", key: "grafana/bc97ff14869b13e3:2021-10-12T07:56:03.157Z" },
    ]);
  });

  it("ends an alert at its endsAt, and says that some were cut off", () => {
    const reading = read("alerting.resolved.1.json");
    expect(reading.event).toBe("alerting.resolved (cut off by the sender)");
    expect(factOf("alert", statementsOf(reading))?.members).toMatchObject({
      name: "TestAlert",
      startedAt: "2022-08-31T05:54:04.522Z",
      endedAt: "2022-08-31T10:30:00.522Z",
    });
  });

  it("state alerting repeats nothing of the alert's own status", () => {
    expect(jsonOf("grafana", "alerting.resolved.1.json").state).toBe("alerting");
    expect(statementsOf(read("alerting.resolved.1.json"))[0]?.members).toHaveProperty("endedAt");
  });

  it.each([null, { A: 1.5, B: null }, undefined])("values %j change nothing", (values) => {
    expect(membersOf(firing({ values }))).toEqual(membersOf(firing()));
  });

  it("without a label alertname it is named by its group, its summary or its fingerprint", () => {
    expect(statementsOf(read("alerting.firing.2.json"))[0]?.members).toMatchObject({
      name: "Memory (copy)",
    });
    expect(statementsOf(read("alerting.firing.3.json"))[0]?.members).toMatchObject({
      name: "Memory (copy)",
      summary: "High memory usage",
    });
    expect(membersOf(firing({ annotations: { summary: "Slow" } }))).toMatchObject({ name: "Slow" });
    expect(membersOf(firing())).toMatchObject({ name: "f1" });
  });

  it.each(["DatasourceNoData", "DatasourceError"])("%s is an alert of that name", (alertname) => {
    const labels = { alertname, rulename: "CPU", service: "checkout", severity: "critical" };
    expect(membersOf(firing({ labels }))).toMatchObject({
      name: alertname,
      service: "checkout",
      severity: "critical",
      labels,
    });
  });

  it("links to the panel or dashboard where the rule has no address", () => {
    const [panelURL, dashboardURL] = ["https://g.example/p", "https://g.example/d"];
    expect(membersOf(firing({ generatorURL: "", panelURL, dashboardURL }))).toMatchObject({
      url: panelURL,
    });
    expect(membersOf(firing({ panelURL: "", dashboardURL }))).toMatchObject({ url: dashboardURL });
  });
});

describe("a legacy alert", () => {
  const rule = { ruleId: 7, ruleName: "Latency", orgId: 1, state: "alerting" };
  const matches = (...tags: unknown[]) => ({ evalMatches: tags.map((tags) => ({ tags })) });

  it("is its rule, of its receipt", () => {
    expect(statementsOf(read("legacy.alerting.1.json"))).toMatchObject([
      { noun: "alert", key: "grafana/rule:0:0", timeFromReceipt: true },
    ]);
    expect(factOf("alert", statementsOf(read("legacy.alerting.1.json")))).toMatchObject({
      members: {
        name: "Test rule",
        startedAt: receivedAt.toISOString(),
        summary: "Someone is testing the alert notification within grafana.",
        url: "http://localhost:3000/",
        labels: {},
      },
      timeFromReceipt: true,
    });
  });

  it("without data starts too, by either of its states", () => {
    expect(factOf("alert", statementsOf(read("legacy.no_data.1.json")))?.members).toMatchObject({
      name: "No Data alert",
    });
    const said = statementsOf(readJson({ ...rule, state: "no_data", evalMatches: null }));
    expect(factOf("alert", said)?.members.startedAt).toBe(receivedAt.toISOString());
  });

  it("carries the tags that its matches have alike, and is the rule's whatever they are", () => {
    const tagged = {
      ...rule,
      ...matches({ service: "checkout", host: "a" }, { service: "checkout", host: "b" }),
    };
    expect(membersOf(tagged)).toMatchObject({
      service: "checkout",
      labels: { service: "checkout" },
    });
    const ended = statementsOf(
      readJson({ ...rule, state: "ok", evalMatches: [] }, new Date("2026-11-21T09:30:00Z")),
    );
    const fact = factOf("alert", [...ended, ...statementsOf(readJson(tagged))]);
    expect(fact?.members).toMatchObject({
      startedAt: receivedAt.toISOString(),
      endedAt: "2026-11-21T09:30:00.000Z",
    });
  });

  it("ok ends it, and alone makes none", () => {
    const [said] = statementsOf(read("legacy.ok.1.json"));
    expect(said).toMatchObject({ noun: "alert", key: "grafana/rule:0:0" });
    expect(factOf("alert", [said as never])).toBeNull();
  });

  it.each(["paused", "pending"])("%s is ignored", (state) => {
    expect(readJson({ ...rule, state })).toMatchObject({
      outcome: "ignored",
      event: `legacy.${state}`,
    });
  });

  it("says it again later, in a delivery of its own", () => {
    const body = Buffer.from(JSON.stringify(rule));
    const idAt = (at: string) =>
      grafana.deliveryId({ headers: {}, body, receivedAt: new Date(at) });
    expect(idAt("2026-01-01T10:00:00Z")).toBe(idAt("2026-01-01T10:04:59Z"));
    expect(idAt("2026-01-01T10:00:00Z")).not.toBe(idAt("2026-01-01T10:05:00Z"));
    const group = Buffer.from(JSON.stringify(firing()));
    expect(grafana.deliveryId({ headers: {}, body: group, receivedAt })).toBeNull();
  });
});

describe("an annotation", () => {
  it("is a deployment by its tags", () => {
    expect(statementsOf(read("annotation.graphite.1.json"))).toMatchObject([
      {
        noun: "deployment",
        asOf: "2016-07-06T22:34:41.000Z",
        members: {
          service: "grafana",
          environment: "production",
          status: "succeeded",
          finishedAt: "2016-07-06T22:34:41.000Z",
          description:
            "Event - deploy: deploy of main branch happened at Wed Jul 6 22:34:41 UTC 2016",
        },
      },
    ]);
  });

  it("is none by other tags: a note's word for it yields to the payload", () => {
    expect(read("annotation.region.1.json")).toMatchObject({
      outcome: "ignored",
      event: "annotation",
    });
  });

  it("of a region starts at time and finishes at timeEnd", () => {
    const region = {
      ...jsonOf("grafana", "annotation.region.1.json"),
      tags: ["deploy", "checkout"],
    };
    expect(membersOf(region)).toMatchObject({
      service: "checkout",
      startedAt: "2017-10-03T13:26:37.339Z",
      finishedAt: "2017-10-05T05:20:05.056Z",
      description: "Annotation Description",
    });
  });

  it("without a time is of its receipt, and the same within five minutes", () => {
    const keyAt = (at: string) =>
      statementsOf(readJson({ tags: ["deploy", "a"], text: "x" }, new Date(at)))[0];
    expect(keyAt("2026-01-01T10:00:00Z")).toMatchObject({
      asOf: "2026-01-01T10:00:00.000Z",
      timeFromReceipt: true,
    });
    expect(keyAt("2026-01-01T10:04:59Z")?.key).toBe(keyAt("2026-01-01T10:00:00Z")?.key);
    expect(keyAt("2026-01-01T10:05:00Z")?.key).not.toBe(keyAt("2026-01-01T10:00:00Z")?.key);
  });
});

it("what is neither is unreadable", () => {
  expect(() => readJson({ hello: 1 })).toThrow(
    expect.objectContaining({ code: "missing_field", field: "alerts" }),
  );
});

describe("the signature", () => {
  const body = Buffer.from('{"alerts":[]}');
  const hex = (signed: string) => createHmac("sha256", "s3cret").update(signed).digest("hex");
  const verify = (headers: Record<string, string>, secret = "s3cret") =>
    grafana.verify?.({ headers, body, receivedAt }, secret);
  const now = Math.floor(receivedAt.getTime() / 1000);
  const stampedAt = (timestamp: number | string) => ({
    "x-grafana-alerting-signature": hex(`${timestamp}:{"alerts":[]}`),
    "x-grafana-alerting-timestamp": String(timestamp),
  });

  it("is that of the body, or of timestamp and body where one is sent", () => {
    expect(verify({ "x-grafana-alerting-signature": hex('{"alerts":[]}') })).toBe(true);
    const stamped = stampedAt(now);
    expect(verify(stamped)).toBe(true);
    expect(verify({ ...stamped, "x-grafana-alerting-timestamp": String(now + 1) })).toBe(false);
    expect(verify(stamped, "other")).toBe(false);
    expect(verify({})).toBe(false);
  });

  it("of another time is one that was recorded, and proves nothing", () => {
    expect(verify(stampedAt(now - 299))).toBe(true);
    expect(verify(stampedAt(now - 301))).toBe(false);
    expect(verify(stampedAt(now + 301))).toBe(false);
    expect(verify(stampedAt("soon"))).toBe(false);
  });

  it("proves the test that settings send", () => {
    expect(verify(grafana.sign?.(body, "s3cret", {}) ?? {})).toBe(true);
  });
});

it("the door sees what it is without reading the body", () => {
  const eventOf = (file: string) => grafana.eventName(deliveryOf("grafana", file));
  expect(eventOf("alerting.firing.1.json")).toBe("alerting.firing");
  expect(eventOf("legacy.ok.1.json")).toBe("legacy.ok");
  expect(eventOf("annotation.region.1.json")).toBe("annotation");
});
