import { expect, it } from "vitest";
import { readMonth } from "./month";

const now = new Date("2026-11-21T12:00:00Z");

it("is the last month that is over, unless one is named", () => {
  expect(readMonth(null, now, "UTC")).toEqual({
    name: "2026-10",
    title: "October 2026",
    from: new Date("2026-10-01T00:00:00Z"),
    to: new Date("2026-11-01T00:00:00Z"),
    before: { name: "2026-09", title: "September 2026", from: new Date("2026-09-01T00:00:00Z") },
    next: "2026-11",
    isRunning: false,
  });
});

it("begins and ends at midnight of its zone, over the change of the clocks", () => {
  const { from, to, title, isRunning } = readMonth("2026-10", now, "Europe/Berlin");
  expect([from, to].map((at) => at.toISOString())).toEqual([
    "2026-09-30T22:00:00.000Z",
    "2026-10-31T23:00:00.000Z",
  ]);
  expect([title, isRunning]).toEqual(["October 2026", false]);
});

it("may be the running month, and is none that has not begun", () => {
  expect(readMonth("2026-11", now, "UTC")).toMatchObject({ next: null, isRunning: true });
  for (const named of ["2026-12", "2026-13", "october", ""])
    expect(readMonth(named, now, "UTC").name).toBe("2026-10");
  // On the other side of the date line December has begun.
  expect(readMonth("2026-12", new Date("2026-11-30T12:00:00Z"), "Pacific/Kiritimati").name).toBe(
    "2026-12",
  );
});
