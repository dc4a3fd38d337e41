import { describe, expect, it } from "vitest";
import { mergeStatements } from "@/lib/facts/merge";
import type { Report } from "@/lib/facts/reports";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString();
type Told = [state: "opened" | "resolved", minute: number, presumed?: true];
const statementOf = ([state, minute, presumed]: Told) => ({
  asOf: at(minute),
  members: {
    name: "HighErrorRate",
    reports: {
      [`${state} ${minute}`]: { state, at: at(minute), ...(presumed && { presumed }) } as Report<
        "opened" | "resolved"
      >,
    },
  },
});
const timesOf = (...told: Told[]) => {
  const { startedAt, endedAt } = mergeStatements("alert", told.map(statementOf))?.members ?? {};
  return { startedAt, endedAt };
};

describe("an alert whose episodes its provider does not tell apart", () => {
  it("starts at the first of its openings, and ends at the resolution after it", () => {
    const told: Told[] = [
      ["opened", 1],
      ["opened", 5],
      ["resolved", 9],
      ["resolved", 12],
    ];
    const expected = { startedAt: at(1), endedAt: at(9) };
    expect(timesOf(...told)).toEqual(expected);
    expect(timesOf(...told.toReversed())).toEqual(expected);
  });

  it("that opens again is its last episode, not yet ended", () => {
    const again = timesOf(["opened", 1], ["resolved", 5], ["opened", 30], ["opened", 40]);
    expect(again).toEqual({ startedAt: at(30), endedAt: null });
  });

  it("was none while only a resolution is known", () => {
    expect(mergeStatements("alert", [statementOf(["resolved", 5])])).toBeNull();
    expect(timesOf(["resolved", 1], ["opened", 5])).toEqual({ startedAt: at(5), endedAt: null });
  });

  it("takes a presumed opening only where none is named", () => {
    expect(timesOf(["opened", 1, true], ["opened", 5]).startedAt).toBe(at(5));
    expect(timesOf(["opened", 1, true]).startedAt).toBe(at(1));
  });

  it("carries no reports when it is merged", () => {
    expect(mergeStatements("alert", [statementOf(["opened", 1])])?.members).not.toHaveProperty(
      "reports",
    );
  });
});
