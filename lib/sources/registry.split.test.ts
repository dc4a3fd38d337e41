import { describe, expect, it } from "vitest";
import { Problem } from "@/lib/http/problem";
import { providerNamed, splitEvents } from "@/lib/sources/registry";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { statementsOf } from "@/lib/sources/testing/reading";

const structured = { "content-type": "application/cloudevents+json; charset=utf-8" };
const batched = { "content-type": "application/cloudevents-batch+json" };
const native = {
  type: "deployment",
  id: "d1",
  service: "checkout",
  environment: "production",
  revision: "a",
  status: "succeeded",
};
const cdevent = jsonOf("cdevents", "service.deployed.1.json");
const envelope = (type: string, extra: object) => ({
  specversion: "1.0",
  id: "e1",
  source: "/pipelines",
  type,
  ...extra,
});
const split = (headers: Record<string, string>, json: unknown) =>
  splitEvents(headers, Buffer.from(JSON.stringify(json)));
const refusalOf = (headers: Record<string, string>, body: string) => {
  try {
    splitEvents(headers, Buffer.from(body));
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, ...error.details };
    throw error;
  }
  return null;
};
/** What the sent events say once stored and read by the provider they name. */
const said = (headers: Record<string, string>, json: unknown) =>
  split(headers, json).flatMap(({ provider, body }) => {
    const reading = providerNamed(provider)?.read({ source: "s", headers: {}, body, receivedAt });
    return reading ? statementsOf(reading) : [];
  });

describe("native events", () => {
  it("one is kept as the bytes that came, of a list each on its own", () => {
    const bytes = Buffer.from(` ${JSON.stringify(native)}\n`);
    expect(splitEvents({}, bytes)).toMatchObject([
      { id: "d1", provider: "native", event: "deployment", body: bytes },
    ]);
    const list = split({}, [native, { ...native, id: "d2" }]);
    expect(list.map(({ id }) => id)).toEqual(["d1", "d2"]);
    expect(JSON.parse(Buffer.from(list[1]?.body ?? []).toString())).toEqual({
      ...native,
      id: "d2",
    });
  });

  it("the same content has the same identity, in any order of keys; other content has not", () => {
    const identity = (json: object) => split({}, json)[0]?.identity;
    expect(identity(Object.fromEntries(Object.entries(native).toReversed()))).toBe(
      identity(native),
    );
    expect(identity({ ...native, status: "failed" })).not.toBe(identity(native));
  });

  it("what is no JSON is not decodable", () => {
    expect(refusalOf({}, "{")?.code).toBe("not_decodable");
  });
});

describe("CloudEvents", () => {
  it("carry a CDEvent in structured, binary and batched form, to the same statements", () => {
    const { headers, body } = deliveryOf("cdevents", "service.deployed.1.json");
    const attributes = envelope(cdevent.context.type, { datacontenttype: "application/json" });
    const binary = splitEvents(headers, body).flatMap((event) => said(headers, cdevent) && event);
    expect(binary).toMatchObject([{ provider: "cdevents", id: cdevent.context.id }]);
    const expected = said(headers, cdevent);
    expect(expected).toHaveLength(1);
    expect(said(structured, { ...attributes, data: cdevent })).toEqual(expected);
    const data_base64 = Buffer.from(JSON.stringify(cdevent)).toString("base64");
    expect(said(batched, [{ ...attributes, data_base64 }])).toEqual(expected);
  });

  it("of the type dev.pushline.<type> carry a native event, answered by the envelope's id", () => {
    const { type, ...data } = native;
    const sent = split(structured, envelope("dev.pushline.deployment", { data }));
    expect(sent).toMatchObject([{ id: "e1", provider: "native", event: "deployment" }]);
    expect(said(structured, envelope("dev.pushline.deployment", { data }))).toMatchObject([
      { noun: "deployment", key: "s/d1" },
    ]);
  });

  it("with a bad native event are refused whole, naming index and field", () => {
    const batch = [
      envelope("com.example", {}),
      envelope("dev.pushline.deployment", { data: { ...native, status: "done" } }),
    ];
    expect(refusalOf(batched, JSON.stringify(batch))).toMatchObject({
      code: "invalid_event",
      field: "events[1].status",
    });
  });

  it("of any other type are kept for nobody", () => {
    expect(split(structured, envelope("com.example.x", { data: 1.5 }))).toMatchObject([
      { provider: "cloudevents", event: "com.example.x" },
    ]);
    expect(said(structured, envelope("com.example.x", { data: 1.5 }))).toEqual([]);
  });

  it("are listed by a type that a list can show", () => {
    const [sent] = split(structured, envelope(`a\0${"b".repeat(5000)}`, {}));
    expect(sent?.event).toHaveLength(255);
    expect(sent?.event).not.toContain("\0");
  });

  it("a batch may be empty", () => {
    expect(split(batched, [])).toEqual([]);
  });

  it("are told apart by source, id and type", () => {
    const identity = (change: object) =>
      split(structured, { ...envelope("a.b", {}), ...change })[0]?.identity;
    expect(identity({ data: 2 })).toBe(identity({ data: 1 }));
    for (const change of [{ id: "e2" }, { source: "/other" }, { type: "a.c" }])
      expect(identity(change)).not.toBe(identity({}));
  });

  it.each([
    [{ id: undefined }, "id"],
    [{ source: "" }, "source"],
    [{ type: 7 }, "type"],
    [{ specversion: "0.3" }, "specversion"],
    [{ id: "x".repeat(6001) }, "id"],
  ])("without what the standard requires are refused: %j", (change, field) => {
    const json = JSON.stringify({ ...envelope("a.b", {}), ...change });
    expect(refusalOf(structured, json)).toMatchObject({
      code: "invalid_event",
      field: `events[0].${field}`,
    });
  });

  it("more than 1,000 at once are refused", () => {
    const many = Array.from({ length: 1001 }, (_, index) => envelope("a.b", { id: `e${index}` }));
    expect(refusalOf(batched, JSON.stringify(many))?.code).toBe("invalid_event");
  });

  it.each(["http-structured.1.txt", "http-batched.1.txt"])(
    "%s, no JSON, is not decodable",
    (file) => {
      const { headers, body } = deliveryOf("cloudevents", file);
      expect(refusalOf(headers, Buffer.from(body).toString())?.code).toBe("not_decodable");
    },
  );
});
