import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latestTime, named, toTime } from "@/lib/sources/time";

describe("a provider's time becomes UTC with milliseconds", () => {
  it.each([
    ["2022-01-19T12:44:32+01:00", "2022-01-19T11:44:32.000Z"],
    ["2018-03-07T06:33:21.873077559-05:00", "2018-03-07T11:33:21.873Z"],
    ["2015-09-24t03:36:33z", "2015-09-24T03:36:33.000Z"],
    ["2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z"],
    ["2024-02-29T00:00:00.5+0530", "2024-02-28T18:30:00.500Z"],
    [1_557_933_657, "2019-05-15T15:20:57.000Z"],
    [1_557_933_657_123, "2019-05-15T15:20:57.123Z"],
  ])("%s is %s", (given, expected) => {
    expect(toTime(given)).toBe(expected);
  });

  it.each([
    "0001-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "2201-01-01T00:00:00Z",
    "2023-02-30T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "2023-13-01T00:00:00Z",
    "2023-01-01T24:00:00Z",
    "2023-01-01T00:60:00Z",
    "2023-01-01T00:00:61Z",
    "2023-01-01T00:00:00+24:00",
    "2023-01-01T00:00:00",
    "2023-01-01",
    "yesterday",
    "",
    0,
    -5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    9e15,
    null,
    undefined,
    {},
    true,
  ])("%s is none", (given) => {
    expect(toTime(given)).toBeNull();
  });

  it("agrees with the platform on every moment from 1970 to 2200, and throws on nothing", () => {
    const moment = fc.date({ min: new Date(1), max: new Date("2200-12-31"), noInvalidDate: true });
    fc.assert(fc.property(moment, (date) => toTime(date.toISOString()) === date.toISOString()));
    fc.assert(
      fc.property(fc.anything(), (value) => ["string", "object"].includes(typeof toTime(value))),
    );
  });
});

it("the latest of some times leaves out what is missing", () => {
  expect(latestTime([null, "2026-01-01T00:00:00.000Z", undefined])).toBe(
    "2026-01-01T00:00:00.000Z",
  );
  expect(latestTime([null])).toBeNull();
});

it("what names no time happened when it was received, and says so", () => {
  const receivedAt = new Date("2026-01-02T00:00:00Z");
  expect(named([null], receivedAt)).toEqual({
    asOf: "2026-01-02T00:00:00.000Z",
    timeFromReceipt: true,
  });
  expect(named([null, "2026-01-01T00:00:00.000Z"], receivedAt)).toEqual({
    asOf: "2026-01-01T00:00:00.000Z",
  });
});
