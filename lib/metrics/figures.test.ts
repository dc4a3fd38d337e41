import fc from "fast-check";
import { expect, test } from "vitest";
import { calendarOf, calendarOfPeriod } from "@/lib/metrics/figures";
import { periodAt } from "@/lib/metrics/periods";

test("a whole period has the days that its calendar counts, in any zone", () => {
  const at = fc.date({
    min: new Date("2005-01-01"),
    max: new Date("2030-01-01"),
    noInvalidDate: true,
  });
  const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia");
  const period = fc.constantFrom("day" as const, "week" as const, "month" as const);
  fc.assert(
    fc.property(at, zone, period, (instant, timezone, size) => {
      const span = periodAt(instant, size, timezone);
      const { days, touched } = calendarOf(span, timezone);
      expect(calendarOfPeriod(span)).toEqual({ days, touched });
    }),
    { seed: 11, numRuns: 500 },
  );
});
