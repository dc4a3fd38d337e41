import { describe, expect, it } from "vitest";
import { datadog } from "@/lib/sources/datadog";
import { doraId } from "@/lib/sources/datadog/dora";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (file: string) => statementsOf(datadog.read(deliveryOf("datadog", file)));
const readText = (body: string, headers: Record<string, string> = {}, at = receivedAt) =>
  datadog.read({ source: "datadog", headers, body: Buffer.from(body), receivedAt: at });
const readJson = (json: unknown, headers: Record<string, string> = {}, at = receivedAt) =>
  readText(JSON.stringify(json), headers, at);

describe("a deployment of the DORA API", () => {
  it("has its times in nanoseconds, its revision and its repository", () => {
    expect(factOf("deployment", read("api.dora-deployment.1.json"))?.members).toMatchObject({
      service: "shopist",
      environment: "staging",
      repository: "organization/example-repository",
      revision: "66adc9350f2cc9b250b69abddab733dd55e1a588",
      version: "v1.12.07",
      status: "succeeded",
      startedAt: "2023-08-31T14:26:14.000Z",
      finishedAt: "2023-08-31T14:26:24.000Z",
    });
  });

  it("loses no digit of nanoseconds above 2^53", () => {
    const at = (nanoseconds: string) =>
      statementsOf(
        readText(`{"data":{"attributes":{"service":"a","finished_at":${nanoseconds}}}}`),
      )[0]?.asOf;
    expect(at("1693491984000999999")).toBe("2023-08-31T14:26:24.000Z");
    expect(at("1693491984000000001")).toBe("2023-08-31T14:26:24.000Z");
    expect(at("1693491983999999999")).toBe("2023-08-31T14:26:23.999Z");
  });

  it("is running until it has finished, told by the same id", () => {
    const attributes = { id: "d1", service: "a", started_at: 1693491974000 };
    const running = statementsOf(readJson({ data: { attributes } }));
    expect(factOf("deployment", running)?.members.status).toBe("running");
    const done = readJson({ data: { attributes: { ...attributes, finished_at: 1693491984000 } } });
    expect(factOf("deployment", [...statementsOf(done), ...running])?.members).toMatchObject({
      status: "succeeded",
      environment: "production",
      finishedAt: "2023-08-31T14:26:24.000Z",
    });
  });

  it("of one version deployed twice is two", () => {
    const keyAt = (started_at: number) =>
      statementsOf(
        readJson({ data: { attributes: { service: "a", version: "1", started_at } } }),
      )[0]?.key;
    expect(keyAt(1693491974000)).not.toBe(keyAt(1693499974000));
  });
});

describe("what is said of a deployment later", () => {
  const patch = jsonOf("datadog", "api.dora-deployment-patch.1.json");
  const sent = {
    data: {
      attributes: {
        git: { repository_url: "https://github.com/acme/my-service" },
        service: "my-service",
        env: "production",
        version: "v1.2.3",
        finished_at: 1693491984000,
      },
    },
  };

  it("marks it as failed, by the id that the API answered", () => {
    const id = doraId(Buffer.from(JSON.stringify(sent)));
    const said = [
      ...statementsOf(readJson(patch, { "pushline-path": id })),
      ...statementsOf(readJson(sent)),
    ];
    expect(factOf("deployment", said)?.members).toMatchObject({
      version: "v1.2.3",
      repository: "acme/my-service",
      status: "succeeded",
      failed: true,
      description: "Remedied by rollback v1.2.2.",
    });
  });

  it("without an id could mean any deployment of that version, and joins none", () => {
    const [said] = read("api.dora-deployment-patch.1.json");
    expect(said?.members).toMatchObject({ failed: true, service: "my-service", version: "v1.2.3" });
    expect(factOf("deployment", [said as never])).toBeNull();
    expect(said?.key).not.toBe(statementsOf(readJson(sent))[0]?.key);
  });
});

it("equal patches of two deployments are two deliveries", () => {
  const body = Buffer.from(JSON.stringify({ data: { attributes: { change_failure: true } } }));
  const idOf = (id: string) =>
    datadog.deliveryId({ headers: { "pushline-path": id }, body, receivedAt });
  expect(idOf("d1")).toBe(idOf("d1"));
  expect(idOf("d1")).not.toBe(idOf("d2"));
});

describe("a failure of the DORA API", () => {
  it("is an incident", () => {
    expect(factOf("incident", read("api.dora-failure.1.json"))?.members).toMatchObject({
      title: "Webserver is down failing all requests",
      service: "shopist",
      severity: "High",
      openedAt: "2024-02-13T16:49:04.500Z",
      resolvedAt: "2024-02-13T16:49:04.600Z",
    });
  });

  it("of several services is one of each, and open while it has not finished", () => {
    const attributes = { name: "Down", services: ["a", "b", "a"], started_at: 1693491974000 };
    const said = statementsOf(readJson({ data: { attributes } }));
    expect(said.map(({ members }) => members)).toMatchObject([
      { service: "a", resolvedAt: null },
      { service: "b", resolvedAt: null },
    ]);
    expect(new Set(said.map(({ key }) => key)).size).toBe(2);
  });
});

describe("an event", () => {
  it("is a deployment only by its tags: the published one tells of none", () => {
    expect(datadog.read(deliveryOf("datadog", "api.event.1.json"))).toMatchObject({
      outcome: "ignored",
      event: "api.event",
    });
    const said = readJson({
      title: "Deployed checkout",
      text: "by ana",
      date_happened: 1693491984,
      tags: ["deployment", "service:checkout", "env:staging"],
    });
    expect(factOf("deployment", statementsOf(said))?.members).toMatchObject({
      service: "checkout",
      environment: "staging",
      finishedAt: "2023-08-31T14:26:24.000Z",
    });
  });
});

describe("a monitor's webhook has no fixed body", () => {
  const alert = (transition: string, date: number, extra: object = {}) =>
    statementsOf(
      readJson({
        alert_cycle_key: "10",
        alert_transition: transition,
        alert_title: "Errors on checkout",
        alert_priority: "P1",
        date: String(date),
        tags: "service:checkout,env:production,monitor",
        link: "https://app.datadoghq.com/event/1",
        ...extra,
      }),
    );
  const opened = 1767261600000;

  it("the guide's template names the cycle, from trigger to recovery", () => {
    const said = [
      ...alert("Recovered", opened + 600_000),
      ...alert("Triggered", opened),
      ...alert("Renotify", opened + 300_000),
    ];
    expect(factOf("alert", said)?.members).toEqual({
      name: "Errors on checkout",
      service: "checkout",
      environment: "production",
      severity: "P1",
      startedAt: "2026-01-01T10:00:00.000Z",
      endedAt: "2026-01-01T10:10:00.000Z",
      labels: { service: "checkout", env: "production", tags: "monitor" },
      summary: null,
      url: "https://app.datadoghq.com/event/1",
    });
    expect(alert("Triggered", opened, { alert_cycle_key: "11" })[0]?.key).not.toBe(said[0]?.key);
  });

  it.each([
    ["Warn", "warning"],
    ["Re-Warn", "warning"],
    ["No Data", "P1"],
  ])("%s opens it with severity %s", (transition, severity) => {
    expect(factOf("alert", alert(transition, opened))?.members).toMatchObject({ severity });
  });

  it("Datadog's own template says it in the title, and then title and tags tell it apart", () => {
    const plain = (title: string, at: number) =>
      statementsOf(readJson({ id: String(at), title, body: "…", event_type: "metric", date: at }));
    const said = [
      ...plain("[P2] [Recovered on {host:a}] CPU is high", opened + 60_000),
      ...plain("[P2] [Triggered on {host:a}] CPU is high", opened),
    ];
    expect(factOf("alert", said)?.members).toMatchObject({
      name: "CPU is high",
      startedAt: "2026-01-01T10:00:00.000Z",
      endedAt: "2026-01-01T10:01:00.000Z",
    });
  });

  it("names its fields as it likes", () => {
    const said = readJson({ $ALERT_TRANSITION: "Triggered", ALERT_TITLE: "Down", $DATE: opened });
    expect(factOf("alert", statementsOf(said))?.members.name).toBe("Down");
  });

  it("without a date it is of its receipt, and says it again later", () => {
    const body = Buffer.from(JSON.stringify({ alert_transition: "Triggered", title: "Down" }));
    const idAt = (at: string) =>
      datadog.deliveryId({ headers: {}, body, receivedAt: new Date(at) });
    expect(idAt("2026-01-01T10:00:00Z")).toBe(idAt("2026-01-01T10:04:59Z"));
    expect(idAt("2026-01-01T10:00:00Z")).not.toBe(idAt("2026-01-01T10:05:00Z"));
    expect(datadog.read({ source: "d", headers: {}, body, receivedAt })).toMatchObject({
      event: "monitor.triggered",
      statements: [{ timeFromReceipt: true }],
    });
  });
});

it.each([
  [{}, "data"],
  [{ data: { attributes: {} } }, "data.attributes.service"],
])("%j lacks %s", (json, field) => {
  expect(() => readJson(json)).toThrow(expect.objectContaining({ code: "missing_field", field }));
});

it("the door names the event", () => {
  const eventOf = (file: string) => datadog.eventName(deliveryOf("datadog", file));
  expect(eventOf("api.dora-deployment.1.json")).toBe("api.dora-deployment");
  expect(eventOf("api.dora-failure.1.json")).toBe("api.dora-failure");
  expect(eventOf("api.dora-deployment-patch.1.json")).toBe("api.dora-deployment-patch");
  expect(eventOf("api.event.1.json")).toBe("api.event");
});
