import fc from "fast-check";
import { expect, test } from "vitest";
import { laneOf, placeMarks, placeSpans } from "./lanes";
import { readMarks } from "./marks";
import type { Marker } from "./types";

const marker = (at: number, more: Partial<Marker> = {}): Marker => ({
  kind: "deployment",
  id: `d${at}`,
  service: "checkout",
  at: new Date(at).toISOString(),
  endAt: null,
  class: "deploy",
  label: "2.481.0",
  failed: null,
  revision: null,
  ...more,
});
const place = (...times: number[]) =>
  placeMarks(
    readMarks(times.map((at) => marker(at))),
    (at) => at,
    700,
    (mark) => mark.marker.label,
  );

test("a lane holds this service, the others, releases, or incidents", () => {
  const lane = (more: Partial<Marker>) => {
    const [mark] = readMarks([marker(0, more)]);
    return mark && laneOf(mark, "checkout");
  };
  expect(lane({})).toBe("service");
  expect(lane({ service: "ledger" })).toBe("others");
  expect(lane({ kind: "release", class: "flag" })).toBe("releases");
  expect(lane({ kind: "incident" })).toBe("incidents");
});

test("marks within 24 pixels are one cluster, at 24 they are two", () => {
  expect(place(100, 110, 123).map((placed) => placed.marks.length)).toEqual([3]);
  expect(place(100, 124).map((placed) => placed.marks.length)).toEqual([1, 1]);
});

test("a label stands to the right, to the left where something is near, or not at all", () => {
  const looks = (...times: number[]) =>
    place(...times).map(({ label, anchor }) => (label ? anchor : "none"));
  expect(looks(100, 300)).toEqual(["start", "start"]);
  expect(looks(100, 130)).toEqual(["end", "start"]);
  expect(looks(10, 40)).toEqual(["none", "start"]);
  expect(looks(690)).toEqual(["end"]);
  expect(looks(660, 690)).toEqual(["end", "none"]);
});

test("a cluster is as wide as its count needs, and stays in the lane", () => {
  const many = Array.from({ length: 12 }, (_, index) => 100 + index);
  expect(place(...many, 130, 400).map((placed) => placed.marks.length)).toEqual([13, 1]);
  expect(place(...many, 136).map((placed) => placed.marks.length)).toEqual([12, 1]);
  const [last] = place(...many.map((at) => at + 590));
  expect((last?.x ?? 0) - 10 + 35).toBeLessThanOrEqual(712);
});

test("law: nothing is lost, and no pill reaches under the next", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 200 }), (times) => {
      const placed = place(...times);
      expect(placed.flatMap((place) => place.marks)).toHaveLength(times.length);
      let end = Number.NEGATIVE_INFINITY;
      for (const { x, label, anchor, marks } of placed) {
        const bare = marks.length === 1 ? 20 : 21 + 7 * String(marks.length).length;
        const wide = label ? bare + 6 + 6.4 * label.length : bare;
        const start = anchor === "end" ? x + 10 - wide : x - 10;
        expect(start).toBeGreaterThanOrEqual(end);
        end = start + wide;
      }
    }),
  );
});

test("incidents that touch become one span with both inside; short ones stay wide enough to hit", () => {
  const incident = (at: number, end: number | null) =>
    marker(at, { kind: "incident", endAt: end === null ? null : new Date(end).toISOString() });
  const spans = placeSpans(
    readMarks([
      incident(100, 200),
      incident(150, 260),
      incident(400, 401),
      incident(690, null),
      incident(-50, -5),
    ]),
    (at) => at,
    700,
  );
  expect(spans.map(({ x, width, marks }) => [x, width, marks.length])).toEqual([
    [100, 160, 2],
    [400, 24, 1],
    [676, 24, 1],
  ]);
});
