import { describe, expect, it } from "vitest";
import { dataOf, isCloudEvents, openEnvelopes } from "@/lib/sources/envelope";

const binary = (headers: Record<string, string>, body = "{}") =>
  openEnvelopes({ headers: { "ce-type": "a.b", ...headers }, body: Buffer.from(body) })[0];

describe("a CloudEvent in binary mode", () => {
  it("has its attributes in ce- headers, with percent-encoded values and quotes undone", () => {
    expect(
      binary({
        "ce-id": "Euro%20%E2%82%AC%20%F0%9F%98%80",
        "ce-source": '"/a \\"b\\""',
        "ce-subject": "100%",
        "content-type": "application/json",
        authorization: "Bearer secret",
      }),
    ).toEqual({
      type: "a.b",
      id: "Euro € 😀",
      source: '/a "b"',
      subject: "100%",
      datacontenttype: "application/json",
      data: {},
    });
  });

  it("keeps data that is no JSON in base64", () => {
    expect(binary({}, "<xml/>")).toMatchObject({
      data_base64: Buffer.from("<xml/>").toString("base64"),
    });
    expect(binary({}, "")).not.toHaveProperty("data");
  });
});

it("the data of a CloudEvent is plain or in base64, or none", () => {
  expect(dataOf({ data: { a: 1 } })).toEqual({ a: 1 });
  expect(dataOf({ data_base64: "eyAieHl6IjogMTIzIH0=" })).toEqual({ xyz: 123 });
  expect(dataOf({ data_base64: "... base64 encoded string ..." })).toBeUndefined();
  expect(dataOf({})).toBeUndefined();
});

it.each([
  [{ "content-type": "application/cloudevents+json; charset=utf-8" }, true],
  [{ "content-type": "application/cloudevents-batch+json" }, true],
  [{ "content-type": "application/json", "ce-type": "a.b" }, true],
  [{ "content-type": "application/json" }, false],
  [{}, false],
])("%j says that it carries CloudEvents: %s", (headers, expected) => {
  expect(isCloudEvents(headers as Record<string, string>)).toBe(expected);
});
