import { describe, expect, it } from "vitest";
import {
  count,
  identifier,
  list,
  name,
  need,
  part,
  payloadOf,
  revision,
  text,
} from "@/lib/sources/payload";

describe("a body", () => {
  it("is a JSON object in UTF-8, with or without a byte order mark", () => {
    expect(payloadOf(Buffer.from('\ufeff{"a":1}'))).toEqual({ a: 1 });
  });

  it.each([
    [Buffer.from([0x7b, 0xff, 0x7d]), "not_utf8"],
    [Buffer.from("{"), "not_json"],
    [Buffer.from(""), "not_json"],
    [Buffer.from("[]"), "wrong_type"],
    [Buffer.from("null"), "wrong_type"],
  ])("%s is unreadable: %s", (body, code) => {
    expect(() => payloadOf(body)).toThrow(expect.objectContaining({ code }));
  });
});

describe("reading what may be missing or of another type", () => {
  it("text loses what Postgres cannot hold, and is cut without breaking a character", () => {
    expect(text("a\0b\ud800c\udc00")).toBe("a\ufffdb\ufffdc\ufffd");
    expect(text("ab😀", 3)).toBe("ab\ufffd");
    expect([text(" \n"), text(7), text(null)]).toEqual([null, null, null]);
  });

  it("a name is trimmed and short; an identifier that is too long is none", () => {
    expect(name("  checkout ")).toBe("checkout");
    expect(name("x".repeat(300))).toHaveLength(255);
    expect([identifier("x".repeat(256)), identifier(1.5), identifier({})]).toEqual([
      null,
      null,
      null,
    ]);
    expect([identifier(145988746), identifier(" a ")]).toEqual(["145988746", "a"]);
    expect([revision("a".repeat(128)), revision("a".repeat(129)), revision(7)]).toEqual([
      "a".repeat(128),
      null,
      null,
    ]);
  });

  it("a count is a whole number that a database integer holds", () => {
    expect([0, 2_147_483_647, 2_147_483_648, -1, 1.5, "1", null].map(count)).toEqual([
      0,
      2_147_483_647,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it("a missing branch reads as missing leaves", () => {
    expect([part(null), part([1]), part("x"), list({})]).toEqual([{}, {}, {}, []]);
  });
});

it("what identity needs is asked for by its field: missing, or of the wrong type", () => {
  expect(need("a", "a", "id", "an id")).toBe("a");
  expect(() => need(null, undefined, "id", "an id")).toThrow(
    expect.objectContaining({ code: "missing_field", field: "id", message: "id: expected an id" }),
  );
  expect(() => need(null, 7, "id", "an id")).toThrow(
    expect.objectContaining({ code: "wrong_type" }),
  );
});
