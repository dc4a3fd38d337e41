import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pagerduty } from "@/lib/sources/pagerduty";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (file: string) => statementsOf(pagerduty.read(deliveryOf("pagerduty", file)));
const readJson = (json: unknown) =>
  pagerduty.read({
    source: "pagerduty",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const event = (word: string, occurred_at: string, data: object = {}) =>
  statementsOf(
    readJson({
      event: {
        event_type: `incident.${word}`,
        resource_type: "incident",
        occurred_at,
        data: {
          id: "P1",
          type: "incident",
          title: "Checkout is down",
          created_at: "2026-01-01T10:00:00Z",
          urgency: "high",
          ...data,
        },
      },
    }),
  );
const factsOf = (...said: ReturnType<typeof event>[]) => factOf("incident", said.flat())?.members;

describe("an incident", () => {
  it("is triggered", () => {
    expect(read("incident.triggered.1.json")).toMatchObject([
      { noun: "incident", key: "pagerduty/PFQZPSY", asOf: "2021-06-04T13:35:29.781Z" },
    ]);
    expect(factsOf(read("incident.triggered.1.json"))).toMatchObject({
      title: "Test Incident 3",
      service: "pig208",
      severity: "high",
      openedAt: "2021-06-04T13:35:29.781Z",
      url: "https://pig208.pagerduty.com/incidents/PFQZPSY",
    });
  });

  it("keeps what a later event leaves out", () => {
    const whole = { service: { summary: "checkout" }, html_url: "https://acme.pagerduty.com/P1" };
    const said = [
      event("triggered", "2026-01-01T10:00:01Z", whole),
      event("resolved", "2026-01-01T10:20:00Z", { urgency: null }),
    ];
    for (const order of [said, said.toReversed()])
      expect(factsOf(...order)).toMatchObject({
        service: "checkout",
        severity: "high",
        url: "https://acme.pagerduty.com/P1",
      });
  });

  it("is acknowledged, and open by then where nothing else is known", () => {
    const members = factsOf(read("incident.acknowledged.1.json"));
    expect(members?.acknowledgedAt).toBe(members?.openedAt);
    expect(members?.resolvedAt).toBeFalsy();
  });

  it("is resolved by its event, and alone opened nothing", () => {
    expect(factOf("incident", read("incident.resolved.1.json"))).toBeNull();
    expect(
      factsOf(
        event("triggered", "2026-01-01T10:00:01Z"),
        event("resolved", "2026-01-01T10:20:00Z"),
      ),
    ).toMatchObject({
      openedAt: "2026-01-01T10:00:00.000Z",
      resolvedAt: "2026-01-01T10:20:00.000Z",
    });
  });

  it("that is reopened is open again: its status is triggered and reopened_at is set", () => {
    expect(factsOf(read("incident.priority_updated.1.json"))).toMatchObject({
      title: "A little bump in the road",
      service: "API Service",
      severity: "P1",
      openedAt: "2020-04-09T15:16:27.000Z",
    });
    const reopened = event("reopened", "2026-01-01T11:00:00Z", {
      reopened_at: "2026-01-01T11:00:00Z",
    });
    expect(factsOf(event("resolved", "2026-01-01T10:20:00Z"), reopened)).toMatchObject({
      reopenedAt: "2026-01-01T11:00:00.000Z",
      resolvedAt: null,
    });
  });

  it("has its urgency for a severity until it has a priority, which is null before", () => {
    const before = event("triggered", "2026-01-01T10:00:01Z", { priority: null });
    const after = event("priority_updated", "2026-01-01T10:05:00Z", {
      priority: { summary: "P2" },
    });
    expect(factsOf(before)?.severity).toBe("high");
    expect(factsOf(after, before)?.severity).toBe("P2");
  });

  it("is ordered by occurred_at: an event tried again may be older than what is stored", () => {
    const later = event("priority_updated", "2026-01-01T10:30:00Z", { title: "Renamed" });
    const older = event("triggered", "2026-01-01T10:00:01Z");
    expect(factsOf(later, older)).toEqual(factsOf(older, later));
    expect(factsOf(later, older)?.title).toBe("Renamed");
  });

  it("has the key of event.data.id, since incident_key may be null", () => {
    const given = jsonOf("pagerduty", "incident.triggered.1.json").event.data;
    expect(given.incident_key ?? null).toBeNull();
    expect(event("triggered", "2026-01-01T10:00:01Z", { incident_key: "k" })[0]?.key).toBe(
      "pagerduty/P1",
    );
  });
});

describe("an event whose data is a note or a responder", () => {
  it.each(["incident_note", "incident_responder"])(
    "%s names the incident, without a state",
    (type) => {
      const said = event("annotated", "2026-01-01T10:05:00Z", {
        id: "N1",
        type,
        incident: { id: "P1", summary: "Checkout is down", html_url: "https://p.example/P1" },
      });
      expect(said).toMatchObject([
        {
          key: "pagerduty/P1",
          members: { title: "Checkout is down", url: "https://p.example/P1" },
        },
      ]);
      expect(said[0]?.members).not.toHaveProperty("reports");
    },
  );

  it("is read without the event around it", () => {
    expect(read("data.incident_note.1.json")).toEqual([
      {
        noun: "incident",
        key: "pagerduty/PGR0VU2",
        asOf: receivedAt.toISOString(),
        timeFromReceipt: true,
        members: {
          title: "A little bump in the road",
          url: "https://acme.pagerduty.com/incidents/PGR0VU2",
        },
      },
    ]);
  });
});

it("service events share the webhook and are ignored", () => {
  expect(pagerduty.read(deliveryOf("pagerduty", "service.updated.1.json"))).toMatchObject({
    outcome: "ignored",
    event: "service.updated",
  });
});

describe("a V2 extension", () => {
  it("wraps messages", () => {
    expect(factsOf(read("v2.incident.trigger.1.json"))).toMatchObject({
      title: "My new incident",
      service: "Production XDB Cluster",
      openedAt: "2017-09-26T15:14:36.000Z",
    });
  });

  it("says trigger, acknowledge and resolve, several at once", () => {
    const message = (word: string, created_on: string) => ({
      event: `incident.${word}`,
      created_on,
      incident: { id: "P1", title: "Down", created_at: "2026-01-01T10:00:00Z" },
    });
    const said = statementsOf(
      readJson({
        messages: [
          message("acknowledge", "2026-01-01T10:02:00Z"),
          message("resolve", "2026-01-01T10:09:00Z"),
        ],
      }),
    );
    expect(factOf("incident", said)?.members).toMatchObject({
      acknowledgedAt: "2026-01-01T10:02:00.000Z",
      resolvedAt: "2026-01-01T10:09:00.000Z",
    });
  });

  it("without an incident is ignored", () => {
    expect(readJson({ messages: [{ event: "incident.trigger" }, null] })).toMatchObject({
      outcome: "ignored",
      event: "v2.incident.trigger",
    });
  });
});

describe("a change event", () => {
  const change = (payload: object) =>
    readJson({ routing_key: "k", payload: { timestamp: "2026-01-01T10:00:00Z", ...payload } });

  it("with a build's state is a build, as its payload says", () => {
    expect(read("change_event.1.json")).toMatchObject([
      {
        noun: "build",
        key: "pagerduty/change:build:acme-build-pipeline-tool-default-i-9999:2",
        members: {
          repository: "acme-build-pipeline-tool-default-i-9999",
          name: "build",
          status: "succeeded",
          startedAt: "2020-07-17T08:22:22.315Z",
          finishedAt: "2020-07-17T08:42:58.315Z",
          url: "https://acme.pagerduty.dev/build/2",
        },
      },
    ]);
  });

  it("that speaks of a deployment is one", () => {
    const sha = "66adc9350f2cc9b250b69abddab733dd55e1a588";
    const custom_details = { service: "checkout", environment: "staging", commit: sha };
    const said = statementsOf(change({ summary: "Deployed checkout 2.1", custom_details }));
    expect(factOf("deployment", said)?.members).toMatchObject({
      service: "checkout",
      environment: "staging",
      revision: sha,
      status: "succeeded",
      finishedAt: "2026-01-01T10:00:00.000Z",
    });
    const back = statementsOf(change({ summary: "Rollback of checkout failed", source: "ci" }));
    expect(back[0]?.members).toMatchObject({ kind: "rollback", status: "failed", service: "ci" });
  });

  it.each([
    ["Deployed checkout - fix failed payments", "succeeded"],
    ["Deploy checkout: handle errors of the bank", "succeeded"],
    ["Deployment of checkout failed", "failed"],
    ["Failed to deploy checkout", "failed"],
    ["Deployment canceled by ana", "canceled"],
  ])("%s: %s, since what was changed says nothing of how it went", (summary, status) => {
    expect(statementsOf(change({ summary, source: "ci" }))[0]?.members).toMatchObject({ status });
  });

  it("of anything else is ignored", () => {
    expect(change({ summary: "Certificate renewed" })).toMatchObject({
      outcome: "ignored",
      event: "change_event",
    });
  });
});

it.each([
  [{}, "missing_field", "event"],
  [{ event: { event_type: "incident.triggered" } }, "missing_field", "event.data.id"],
  [{ event: {} }, "missing_field", "event.event_type"],
])("%j is unreadable: %s %s", (json, code, field) => {
  expect(() => readJson(json)).toThrow(expect.objectContaining({ code, field }));
});

describe("the signature", () => {
  const body = Buffer.from('{"event":{}}');
  const hex = createHmac("sha256", "s3cret").update(body).digest("hex");
  const verify = (signature: string, secret = "s3cret") =>
    pagerduty.verify?.(
      { headers: { "x-pagerduty-signature": signature }, body, receivedAt },
      secret,
    );

  it("is one of several while a secret is changed", () => {
    expect(verify(`v1=${hex}`)).toBe(true);
    expect(verify(`v1=${"0".repeat(64)},v1=${hex}`)).toBe(true);
  });

  it.each(["", hex, `v2=${hex}`, `v1=${hex.slice(1)}`, "v1="])("%s proves nothing", (signature) => {
    expect(verify(signature)).toBe(false);
  });

  it("of another secret, or an empty one, proves nothing", () => {
    expect(verify(`v1=${hex}`, "other")).toBe(false);
    expect(verify(pagerduty.sign?.(body, "", {})["x-pagerduty-signature"] ?? "", "")).toBe(false);
  });
});

it("two events are two deliveries, and one that is tried again is the same", () => {
  const idOf = (file: string, id: string) =>
    pagerduty.deliveryId({ ...deliveryOf("pagerduty", file), headers: { "x-webhook-id": id } });
  const triggered = "incident.triggered.1.json";
  expect(idOf(triggered, "w1")).toBe(idOf(triggered, "w2"));
  expect(idOf(triggered, "w1")).not.toBe(idOf("incident.resolved.1.json", "w1"));
  expect(idOf("v2.incident.trigger.1.json", "w1")).toBe("w1");
});

it("the door names the event", () => {
  const eventOf = (file: string) => pagerduty.eventName(deliveryOf("pagerduty", file));
  expect(eventOf("incident.triggered.1.json")).toBe("incident.triggered");
  expect(eventOf("v2.incident.trigger.1.json")).toBe("v2.incident.trigger");
  expect(eventOf("change_event.1.json")).toBe("change_event");
});
