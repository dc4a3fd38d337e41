import { expect, it } from "vitest";
import { fromWallClock, toWallClock } from "@/app/_window/wall-clock";

it("writes and reads an instant in a zone, on either side of daylight saving", () => {
  for (const instant of ["2026-01-15T11:30:00.000Z", "2026-07-15T11:30:00.000Z"]) {
    const text = toWallClock(new Date(instant), "Europe/Berlin");
    expect(fromWallClock(text, "Europe/Berlin")?.toISOString()).toBe(instant);
  }
  expect(toWallClock(new Date("2026-01-15T11:30:00Z"), "Europe/Berlin")).toBe("2026-01-15T12:30");
});

it("reads nothing from what is no date", () => {
  expect(fromWallClock("soon", "UTC")).toBeNull();
});
