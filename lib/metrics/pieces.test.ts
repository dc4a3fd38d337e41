import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { piecesOf } from "@/lib/metrics/pieces";

const span = (start: string, end: string) => ({ start: new Date(start), end: new Date(end) });
const told = ({ cells, cutDays }: ReturnType<typeof piecesOf>) => ({
  cells: cells.map(({ period, start }) => `${period} ${start.toISOString().slice(0, 10)}`),
  hours: cutDays.map(({ hours }) => hours.length),
  edges: cutDays.map(({ edges }) => edges.length),
});

describe("a window taken apart", () => {
  test("is whole months, weeks and days, and the hours of the days that it cuts", () => {
    const window = span("2026-01-28T09:20:00Z", "2026-03-12T13:37:00Z");
    expect(told(piecesOf(window, "UTC", true))).toEqual({
      cells: [
        "day 2026-01-29",
        "day 2026-01-30",
        "day 2026-01-31",
        "month 2026-02-01",
        "day 2026-03-01",
        "week 2026-03-02",
        "day 2026-03-09",
        "day 2026-03-10",
        "day 2026-03-11",
      ],
      hours: [14, 13],
      edges: [1, 1],
    });
  });

  test("has its cut days whole where no hours are kept", () => {
    const window = span("2026-03-10T09:20:00Z", "2026-03-12T13:37:00Z");
    const { cutDays } = piecesOf(window, "UTC", false);
    expect(cutDays).toEqual([
      { hours: [], edges: [span("2026-03-10T09:20:00Z", "2026-03-11T00:00:00Z")] },
      { hours: [], edges: [span("2026-03-12T00:00:00Z", "2026-03-12T13:37:00Z")] },
    ]);
  });

  test("within an hour is that alone", () => {
    const window = span("2026-03-10T09:20:00Z", "2026-03-10T09:40:00Z");
    expect(piecesOf(window, "UTC", true)).toEqual({
      cells: [],
      cutDays: [{ hours: [], edges: [window] }],
    });
  });

  test("is covered once and without a gap, in any zone; hours and edges stay in their day", () => {
    const at = fc.date({
      min: new Date("2011-01-01"),
      max: new Date("2030-01-01"),
      noInvalidDate: true,
    });
    const zone = fc.constantFrom("UTC", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia");
    const length = fc.integer({ min: 1, max: 200 * 86_400_000 });
    fc.assert(
      fc.property(at, length, zone, fc.boolean(), (start, milliseconds, timezone, withHours) => {
        const end = new Date(start.getTime() + milliseconds);
        const { cells, cutDays } = piecesOf({ start, end }, timezone, withHours);
        const pieces = [...cells, ...cutDays.flatMap(({ hours, edges }) => [...hours, ...edges])];
        let reached = start.getTime();
        for (const piece of pieces.sort((one, other) => +one.start - +other.start)) {
          expect(piece.start.getTime()).toBe(reached);
          reached = piece.end.getTime();
        }
        expect(reached).toBe(end.getTime());
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
