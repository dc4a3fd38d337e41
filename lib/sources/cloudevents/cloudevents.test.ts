import { expect, it } from "vitest";
import { providerNamed } from "@/lib/sources/registry";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";

const read = (json: unknown, type = "application/cloudevents-batch+json") =>
  providerNamed("cloudevents")?.read({
    source: "bus",
    headers: { "content-type": type },
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });

it("a batch is read event by event, and what nobody reads does not hide the rest", () => {
  const service = jsonOf("cdevents", "service.deployed.1.json");
  const incident = { type: "incident", id: "i1", title: "5xx", openedAt: "2026-01-01T10:00:00Z" };
  const reading = read([
    { type: "com.example.x", data: 1 },
    { type: service.context.type, data: service },
    { type: "dev.pushline.incident", data: incident },
  ]);
  expect(reading).toMatchObject({
    outcome: "read",
    event: "com.example.x, service.deployed, incident",
    statements: [{ noun: "deployment" }, { noun: "incident", key: "bus/i1" }],
  });
});

it("an event of an unknown type is ignored by its name, an empty batch as empty", () => {
  expect(read({ type: "com.example.x" }, "application/cloudevents+json")).toEqual({
    outcome: "ignored",
    event: "com.example.x",
    reason: "events of this name are not read",
  });
  expect(read([])).toMatchObject({ outcome: "ignored", reason: "the batch is empty" });
});

it("a bad native event inside makes the delivery unreadable, by its field", () => {
  expect(() => read([{ type: "dev.pushline.incident", data: { id: "i1" } }])).toThrow(
    expect.objectContaining({ code: "invalid_event", field: "title" }),
  );
});

it("its id is source, id and type of the ce- headers; a batch has none", () => {
  const headers = { "ce-id": "1", "ce-source": "/a", "ce-type": "x" };
  const provider = providerNamed("cloudevents");
  expect(provider?.deliveryId({ headers, body: new Uint8Array(), receivedAt })).toBe(
    '["/a","1","x"]',
  );
  const batch = deliveryOf("cloudevents", "batched.1.json");
  expect(provider?.deliveryId(batch)).toBeNull();
});
