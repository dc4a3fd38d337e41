import { describe, expect, it } from "vitest";
import { describePreset, lengthOf, readWindow, stepOf } from "@/app/_window/window";

const now = Date.parse("2026-03-10T12:00:07Z");
const minute = 60_000;

describe("readWindow", () => {
  it("takes two fixed moments as they stand", () => {
    const window = readWindow("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", "-24h", now);
    expect(window).toEqual({
      from: new Date("2026-03-01T00:00:00Z"),
      to: new Date("2026-03-02T00:00:00Z"),
      relative: null,
    });
  });

  it("ends a moving window on the next whole step, and holds it there for the step", () => {
    const early = readWindow("-24h", null, "-1h", now);
    const late = readWindow("-24h", null, "-1h", now + 4 * minute);
    expect(early.to).toEqual(new Date("2026-03-10T12:05:00Z"));
    expect(late).toEqual(early);
    expect(early.to.getTime() - early.from.getTime()).toBe(24 * 60 * minute);
  });

  it("agrees on the exact step between a clock that is rounded down and one that is not", () => {
    const step = stepOf(24 * 60 * minute);
    const rounded = Math.floor(now / step) * step;
    expect(readWindow("-24h", null, "-1h", rounded)).toEqual(readWindow("-24h", null, "-1h", now));
  });

  it.each([
    ["nonsense", null],
    ["2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"],
    ["2026-03-02T00:00:00Z", null],
    ["-0h", null],
  ])("falls back to the page's own window for %s to %s", (from, to) => {
    expect(readWindow(from, to, "-1h", now).relative).toBe("-1h");
  });
});

describe("lengthOf", () => {
  it("reads minutes, hours, days and weeks, and nothing else", () => {
    expect(lengthOf("-90m")).toBe(90 * minute);
    expect(lengthOf("-2w")).toBe(14 * 24 * 60 * minute);
    expect(lengthOf("24h")).toBeNull();
    expect(lengthOf("-1y")).toBeNull();
  });
});

describe("describePreset", () => {
  it("says one unit without its number", () => {
    expect(describePreset("-1h")).toBe("Last hour");
    expect(describePreset("-28d")).toBe("Last 28 days");
  });
});
