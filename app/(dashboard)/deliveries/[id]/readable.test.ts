import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readable } from "./readable";

describe("a body made readable", () => {
  test("JSON stands on lines of its own", () => {
    expect(readable('{"a":[1,2],"b":{"c":"d e"}}')).toBe(
      '{\n  "a": [\n    1,\n    2\n  ],\n  "b": {\n    "c": "d e"\n  }\n}',
    );
  });

  test.each(["", "name=value&other=1", '{"cut": "sho', "12", '"text"'])(
    "%j stays as it came",
    (text) => {
      expect(readable(text)).toBe(text);
    },
  );

  test("numbers, escapes and repeated members stay as they were sent", () => {
    expect(readable('{ "id" : 12345678901234567890, "a":1.0,"a":"\\u003c, {x}" }')).toBe(
      '{\n  "id": 12345678901234567890,\n  "a": 1.0,\n  "a": "\\u003c, {x}"\n}',
    );
  });

  test("what is empty stays on its line, and a string keeps its spaces", () => {
    expect(readable('{"a": {}, "b": [ ], "c": " \\" ] "}')).toBe(
      '{\n  "a": {},\n  "b": [],\n  "c": " \\" ] "\n}',
    );
  });

  test("however it is written, the same JSON is meant", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 0, max: 4 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(readable(text)).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });
});
