import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { payloadWithLongIntegers, toFineTime } from "@/lib/sources/nanoseconds";

const read = (json: string) => payloadWithLongIntegers(Buffer.from(json));

describe("long integers", () => {
  it("keep every digit, which a double does not", () => {
    expect(read('{"a":1420452224764000001,"b":[1693491984000000000]}')).toEqual({
      a: "1420452224764000001",
      b: ["1693491984000000000"],
    });
  });

  it("within texts, with a sign, fractions and exponents, and short ones are left as they are", () => {
    const json =
      '{"a":"n 1420452224764000001 \\" 1420452224764000001","b":1.42045222476400000123,"c":-1420452224764000001,"d":1502709956288,"e":14204522247640000e1}';
    expect(read(json)).toEqual(JSON.parse(json));
  });

  it("leave every other JSON as it is", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const short = JSON.stringify(value).replaceAll(/\d{17,}/g, "1");
        expect(read(short)).toEqual(JSON.parse(short));
      }),
    );
  });
});

describe("a time", () => {
  it.each([
    ["1420452224764002246", "2015-01-05T10:03:44.764Z"],
    ["1420452224764000001", "2015-01-05T10:03:44.764Z"],
    ["1420452224764002", "2015-01-05T10:03:44.764Z"],
    [1420452224764, "2015-01-05T10:03:44.764Z"],
    ["1420452224764", "2015-01-05T10:03:44.764Z"],
    [1420452224, "2015-01-05T10:03:44.000Z"],
    [1693491984000000000, "2023-08-31T14:26:24.000Z"],
    ["2015-01-05T10:03:44Z", "2015-01-05T10:03:44.000Z"],
    ["soon", null],
    [1e300, null],
    [null, null],
  ])("%s is %s", (given, time) => {
    expect(toFineTime(given)).toBe(time);
  });
});
