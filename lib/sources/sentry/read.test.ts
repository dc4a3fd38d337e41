import { describe, expect, it } from "vitest";
import { sentry } from "@/lib/sources/sentry";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (file: string) => statementsOf(sentry.read(deliveryOf("sentry", file)));
const readJson = (json: unknown, headers: Record<string, string> = {}) =>
  sentry.read({
    source: "sentry",
    headers,
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const issue = (action: string, seconds: number | null, extra: object = {}) =>
  statementsOf(
    readJson(
      {
        action,
        data: { issue: { id: "7", title: "Boom", firstSeen: "2026-01-01T10:00:00Z", ...extra } },
      },
      seconds ? { "sentry-hook-timestamp": String(seconds) } : {},
    ),
  );
const epoch = (time: string) => Date.parse(time) / 1000;

describe("an event alert", () => {
  it("opens the issue's alert, tied to a deployment by its release", () => {
    const [said] = read("event_alert.triggered.1.json");
    expect(said).toMatchObject({ noun: "alert", key: "sentry/issue:4213933362" });
    expect(factOf("alert", read("event_alert.triggered.1.json"))?.members).toMatchObject({
      name: "ZeroDivisionError: divided by 0",
      service: "new-project",
      environment: "development",
      severity: "error",
      startedAt: "2023-05-29T10:12:33.000Z",
      labels: { release: "dd63b30", rule: "some issue", transaction: "ArticlesController#index" },
      summary: "ArticlesController#index",
      url: expect.stringContaining("/issues/4213933362/"),
    });
  });

  it("of 2020 names its issue in its address alone", () => {
    const [said] = read("event_alert.triggered.2.json");
    expect(said?.key).toBe("sentry/issue:1638852747");
    expect(said?.members).toMatchObject({ service: "zulip-integration-testing" });
  });

  it("has no resolution: that comes from the issue", () => {
    const fired = statementsOf(
      readJson({
        action: "triggered",
        data: { event: { event_id: "e1", issue_id: "7", datetime: "2026-01-01T10:01:00Z" } },
      }),
    );
    expect(factOf("alert", fired)?.members.endedAt ?? null).toBeNull();
    const resolved = issue("resolved", epoch("2026-01-01T10:30:00Z"));
    expect(factOf("alert", [...resolved, ...fired])?.members).toMatchObject({
      startedAt: "2026-01-01T10:01:00.000Z",
      endedAt: "2026-01-01T10:30:00.000Z",
    });
  });
});

describe("an issue", () => {
  it("opens when it is created", () => {
    expect(factOf("alert", read("issue.created.1.json"))?.members).toMatchObject({
      name: "Exception: Custom exception!",
      service: "zulip-integration-testing",
      severity: "error",
      startedAt: "2020-04-28T13:56:05.903Z",
    });
  });

  it("whose opening was never told has been there since it was first seen", () => {
    expect(factOf("alert", read("issue.resolved.1.json"))?.members).toMatchObject({
      startedAt: "2020-04-30T05:54:15.092Z",
      endedAt: receivedAt.toISOString(),
    });
  });

  it("that comes back is its last episode", () => {
    const said = [
      ...issue("created", null),
      ...issue("resolved", epoch("2026-01-01T11:00:00Z")),
      ...issue("unresolved", epoch("2026-01-02T09:00:00Z")),
    ];
    expect(factOf("alert", said)?.members).toMatchObject({
      startedAt: "2026-01-02T09:00:00.000Z",
      endedAt: null,
    });
  });

  it.each(["assigned", "ignored", "archived", "escalating-soon"])("%s is ignored", (action) => {
    expect(
      readJson({ action, data: { issue: { id: "7" } } }, { "sentry-hook-resource": "issue" }),
    ).toMatchObject({ outcome: "ignored", event: `issue.${action}` });
  });
});

describe("a metric alert", () => {
  it("resolved with date_closed null ends when it was sent, else at its receipt", () => {
    expect(factOf("alert", read("metric_alert.resolved.1.json"))?.members).toMatchObject({
      name: "Too many errors",
      service: "bar",
      startedAt: "2020-09-13T12:26:40.000Z",
      endedAt: receivedAt.toISOString(),
      url: "https://sentry.io/organizations/baz/alerts/1/",
    });
    const json = jsonOf("sentry", "metric_alert.resolved.1.json");
    const sent = statementsOf(readJson(json, { "sentry-hook-timestamp": "1600000600" }));
    expect(factOf("alert", sent)?.members.endedAt).toBe("2020-09-13T12:36:40.000Z");
    json.data.metric_alert.date_closed = "2020-09-13T12:30:00Z";
    expect(factOf("alert", statementsOf(readJson(json)))?.members.endedAt).toBe(
      "2020-09-13T12:30:00.000Z",
    );
  });

  it.each(["critical", "warning"])("%s is its severity, and stays when it is over", (action) => {
    const json = jsonOf("sentry", "metric_alert.resolved.1.json");
    const opened = statementsOf(readJson({ ...json, action }));
    expect(factOf("alert", opened)?.members).toMatchObject({ severity: action });
    const both = [...opened, ...read("metric_alert.resolved.1.json")];
    expect(factOf("alert", both)?.members.severity).toBe(action);
  });
});

it("a body of the old plugin has no action and opens the issue's alert", () => {
  const said = statementsOf(
    readJson({
      project: "web",
      project_name: "Web",
      culprit: "app.views",
      level: "error",
      url: "https://sentry.io/acme/web/issues/27/",
      id: "27",
      message: "This is an example",
      event: { event_id: "e1", environment: "production", datetime: "2026-01-01T10:00:00Z" },
    }),
  );
  expect(factOf("alert", said)).toMatchObject({
    members: {
      name: "This is an example",
      service: "web",
      environment: "production",
      severity: "error",
      startedAt: "2026-01-01T10:00:00.000Z",
      url: "https://sentry.io/acme/web/issues/27/",
    },
  });
  expect(said[0]?.key).toBe("sentry/issue:27");
});

it.each([
  [{ action: "triggered", data: { event: {} } }, "data.event.issue_id"],
  [{ action: "resolved", data: { issue: {} } }, "data.issue.id"],
  [{ action: "critical", data: { metric_alert: {} } }, "data.metric_alert.id"],
])("%j lacks %s", (json, field) => {
  expect(() => readJson(json)).toThrow(expect.objectContaining({ code: "missing_field", field }));
});

it("other resources are ignored, the test that settings send among them", () => {
  expect(readJson({ action: "created", data: { error: {} } })).toMatchObject({
    outcome: "ignored",
  });
  const test = sentry.testDelivery?.("t1", receivedAt) ?? { headers: {}, body: Buffer.from("") };
  expect(sentry.read({ source: "sentry", ...test, receivedAt })).toMatchObject({
    outcome: "ignored",
    event: "installation.created",
  });
});

it("the signature is that of the raw body, by the client secret", () => {
  const body = Buffer.from('{"action":"created"}');
  const headers = sentry.sign?.(body, "client-secret") ?? {};
  const verify = (bytes: Uint8Array, secret: string) =>
    sentry.verify?.({ headers, body: bytes, receivedAt }, secret);
  expect(verify(body, "client-secret")).toBe(true);
  expect(verify(Buffer.from('{"action": "created"}'), "client-secret")).toBe(false);
  expect(verify(body, "other")).toBe(false);
});
