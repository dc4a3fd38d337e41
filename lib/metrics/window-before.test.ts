import { describe, expect, test } from "vitest";
import { windowBefore } from "@/lib/metrics/window-before";

const startOfBefore = (from: string, to: string, timezone: string) =>
  windowBefore({ start: new Date(from), end: new Date(to) }, timezone).start.toISOString();

describe("windowBefore", () => {
  test("takes as many months before whole months, however long they are", () => {
    expect(startOfBefore("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", "UTC")).toBe(
      "2026-02-01T00:00:00.000Z",
    );
    expect(startOfBefore("2025-12-31T23:00:00Z", "2026-03-31T22:00:00Z", "Europe/Berlin")).toBe(
      "2025-09-30T22:00:00.000Z",
    );
  });

  test("takes as many days on the clocks, over a day of 23 hours and one of 25", () => {
    expect(startOfBefore("2026-03-29T22:00:00Z", "2026-04-05T22:00:00Z", "Europe/Berlin")).toBe(
      "2026-03-22T23:00:00.000Z",
    );
    expect(startOfBefore("2026-10-25T23:00:00Z", "2026-11-01T23:00:00Z", "Europe/Berlin")).toBe(
      "2026-10-18T22:00:00.000Z",
    );
  });

  test("ends where the window begins, even in an hour that is put back", () => {
    expect(startOfBefore("2026-10-25T00:45:00Z", "2026-10-25T01:15:00Z", "Europe/Berlin")).toBe(
      "2026-10-25T00:15:00.000Z",
    );
  });

  test("keeps hours and minutes in a zone that stands off by 45 minutes", () => {
    expect(startOfBefore("2026-05-10T04:30:15Z", "2026-05-12T05:30:15Z", "Asia/Kathmandu")).toBe(
      "2026-05-08T03:30:15.000Z",
    );
  });
});
