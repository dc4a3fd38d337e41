import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

async function send(body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/api/v1/events`, {
    method: "POST",
    body:
      typeof body === "string" || Buffer.isBuffer(body) ? Buffer.from(body) : JSON.stringify(body),
    headers: { "content-type": "application/json", ...bearer("sender"), ...headers },
  });
  return { status: response.status, answer: await response.json() };
}
const rows = () => server.database.db.selectFrom("deliveries").selectAll().orderBy("id").execute();

const deployment = (id: string, changes: object = {}) => ({
  type: "deployment",
  id,
  service: "checkout",
  environment: "production",
  revision: "a1b2c3",
  status: "succeeded",
  finishedAt: "2026-01-31T09:00:00Z",
  ...changes,
});

describe("POST /api/v1/events", () => {
  it("202 for one event, a delivery of the token's source with its exact bytes", async () => {
    const body = JSON.stringify(deployment("exact"), null, 2);
    const { status, answer } = await send(body);
    expect([status, answer]).toEqual([202, { events: [{ id: "exact", outcome: "accepted" }] }]);
    const row = (await rows()).at(-1);
    expect(row).toMatchObject({ source: "sender", provider: "native", event: "deployment" });
    expect(row?.body.toString()).toBe(body);
  });

  it("202 for a list, each event a delivery of its own", async () => {
    const before = (await rows()).length;
    const { status, answer } = await send([deployment("l1"), deployment("l2"), deployment("l1")]);
    expect(status).toBe(202);
    expect(answer.events).toEqual([
      { id: "l1", outcome: "accepted" },
      { id: "l2", outcome: "accepted" },
      { id: "l1", outcome: "duplicate" },
    ]);
    const added = (await rows()).slice(before).map(({ body }) => JSON.parse(body.toString()).id);
    expect(added.sort()).toEqual(["l1", "l2"]);
  });

  it("202 duplicate for the same content in another order of members, accepted for other content", async () => {
    const running = deployment("moves", { status: "running" });
    expect((await send(running)).answer.events[0].outcome).toBe("accepted");
    const reordered = Object.fromEntries(Object.entries(running).reverse());
    expect((await send(reordered)).answer.events[0].outcome).toBe("duplicate");
    expect((await send(deployment("moves"))).answer.events[0].outcome).toBe("accepted");
  });

  it("202 for an empty list, which holds nothing", async () => {
    expect(await send([])).toEqual({ status: 202, answer: { events: [] } });
  });

  it("202 for gzip", async () => {
    const body = gzipSync(JSON.stringify(deployment("packed")));
    expect((await send(body, { "content-encoding": "gzip" })).status).toBe(202);
  });

  it("202 for 1,000 events in one request, 400 for 1,001", async () => {
    const many = Array.from({ length: 1_001 }, (_, n) => deployment(`many-${n}`));
    expect((await send(many)).status).toBe(400);
    expect((await send(many.slice(1))).answer.events).toHaveLength(1_000);
  });

  it("400 and nothing stored when one of a list is wrong, naming index, field and expectation", async () => {
    const before = (await rows()).length;
    const { status, answer } = await send([
      deployment("good"),
      deployment("bad", { status: "done", colour: "red" }),
    ]);
    expect([status, answer.code]).toEqual([400, "invalid_event"]);
    expect(answer.errors).toContainEqual({
      index: 1,
      field: "status",
      expected: expect.stringContaining("succeeded"),
    });
    expect(answer.errors).toContainEqual(expect.objectContaining({ index: 1, field: "colour" }));
    expect(await rows()).toHaveLength(before);
  });

  it.each([
    ["text that is not JSON", "{", "not_decodable"],
    ["bytes that are not UTF-8", Buffer.from([0x22, 0xff, 0x22]), "not_decodable"],
    ["a number", "7", "invalid_event"],
    ["nothing", "", "not_decodable"],
    ["200,000 levels of nesting", "[".repeat(200_000) + "]".repeat(200_000), "invalid_event"],
    ["a __proto__ key", '{"__proto__":{"x":1},"type":"deployment"}', "invalid_event"],
  ])("400 for %s", async (_name, body, code) => {
    const { status, answer } = await send(body);
    expect([status, answer.code]).toEqual([400, code]);
  });

  it("401 without a token or with a wrong one, 403 for a token without the scope", async () => {
    expect((await send([], { authorization: "" })).status).toBe(401);
    expect((await send([], { authorization: "Bearer nobody" })).status).toBe(401);
    expect((await send([], bearer("reader"))).status).toBe(403);
  });

  it("202 for JSON that claims to be plain text, as scripts send it that name no type", async () => {
    const event = { type: "alert", id: "plain", name: "Slow", startedAt: "2026-03-01T09:00:00Z" };
    const answer = await send(JSON.stringify(event), {
      "content-type": "text/plain;charset=UTF-8",
    });
    expect(answer.status).toBe(202);
  });

  it("415 for another content type", async () => {
    expect((await send("<a/>", { "content-type": "text/xml" })).status).toBe(415);
    expect(
      (await send("a=1", { "content-type": "application/x-www-form-urlencoded" })).status,
    ).toBe(415);
  });

  const cloudEvent = (id: string, changes: object = {}) => ({
    specversion: "1.0",
    id,
    source: "/pipelines/checkout",
    type: "dev.cdevents.service.deployed.0.2.0",
    data: { some: "thing" },
    ...changes,
  });
  const structured = { "content-type": "application/cloudevents+json" };
  const batched = { "content-type": "application/cloudevents-batch+json" };

  it("202 for a CloudEvent, structured and binary, the same one being a duplicate", async () => {
    const first = await send(cloudEvent("ce1"), structured);
    expect(first).toEqual({
      status: 202,
      answer: { events: [{ id: "ce1", outcome: "accepted" }] },
    });
    expect((await rows()).at(-1)).toMatchObject({ source: "sender", provider: "cdevents" });
    const { data, ...attributes } = cloudEvent("ce1");
    const headers = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]),
    );
    expect((await send(data, headers as Record<string, string>)).answer.events).toEqual([
      { id: "ce1", outcome: "duplicate" },
    ]);
    const another = cloudEvent("ce1", { source: "/pipelines/ledger" });
    expect((await send(another, structured)).answer.events[0].outcome).toBe("accepted");
  });

  it("202 for a batch, which may be empty; 400 and nothing stored when one of it is wrong", async () => {
    const before = (await rows()).length;
    expect((await send([], batched)).answer).toEqual({ events: [] });
    const { status, answer } = await send(
      [cloudEvent("b1"), { ...cloudEvent("b2"), id: 7 }],
      batched,
    );
    expect([status, answer.errors[0]]).toEqual([
      400,
      expect.objectContaining({ index: 1, field: "id" }),
    ]);
    expect(await rows()).toHaveLength(before);
    expect((await send([cloudEvent("b1"), cloudEvent("b2")], batched)).answer.events).toHaveLength(
      2,
    );
  });
});
