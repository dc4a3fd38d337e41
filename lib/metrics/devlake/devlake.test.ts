import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { medianDeploymentDays } from "@/lib/metrics/devlake/deployment-days";
import { leadTimeSeconds } from "@/lib/metrics/devlake/lead-time";
import { lowerMiddle } from "@/lib/metrics/devlake/lower-middle";

const at = (time: string) => new Date(`2026-03-${time}Z`);

describe("lowerMiddle", () => {
  test("is the middle of an odd number, the lower middle of an even one", () => {
    expect(lowerMiddle([30, 10, 20])).toBe(20);
    expect(lowerMiddle([40, 10, 30, 20])).toBe(20);
    expect(lowerMiddle([7])).toBe(7);
    expect(lowerMiddle([])).toBeNull();
  });

  test("is one of the values, with at least half of them at or below it", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const median = lowerMiddle(values);
        expect(values).toContain(median);
        const below = values.filter((value) => value <= (median ?? 0)).length;
        expect(below * 2).toBeGreaterThanOrEqual(values.length);
      }),
    );
  });
});

describe("leadTimeSeconds", () => {
  const pullRequest = {
    firstCommitAt: at("02T10:00:00"),
    openedAt: at("02T10:10:01"),
    mergedAt: at("02T11:00:00"),
    finishedAt: at("02T11:05:30"),
  };

  test("adds three stages, each rounded up to whole minutes", () => {
    expect(leadTimeSeconds(pullRequest)).toBe((11 + 50 + 6) * 60);
  });

  test("takes a negative span as 0: a deployment that finished before the merge", () => {
    const finishedAt = at("02T10:59:00");
    expect(leadTimeSeconds({ ...pullRequest, finishedAt })).toBe((11 + 50) * 60);
    const firstCommitAt = at("02T10:30:00");
    expect(leadTimeSeconds({ ...pullRequest, firstCommitAt })).toBe((50 + 6) * 60);
  });

  test("leaves an unknown first commit out of the sum", () => {
    expect(leadTimeSeconds({ ...pullRequest, firstCommitAt: null })).toBe((50 + 6) * 60);
  });
});

describe("medianDeploymentDays", () => {
  const days = ["2026-03-02", "2026-03-03", "2026-03-10", "2026-03-11", "2026-03-12"];

  test("is the lower middle of the days per calendar week, from Monday on", () => {
    expect(medianDeploymentDays(days, "2026-03-02", "2026-03-15")).toBe(2);
    expect(medianDeploymentDays(["2026-03-08", "2026-03-09"], "2026-03-02", "2026-03-15")).toBe(1);
  });

  test("cuts weeks where the question does", () => {
    const all = ["08", "09", "10", "11", "12", "13", "14"].map((day) => `2026-03-${day}`);
    expect(medianDeploymentDays(all, "2026-03-08", "2026-03-14", "sunday")).toBe(7);
    expect(medianDeploymentDays(all, "2026-03-08", "2026-03-14")).toBe(1);
    expect(medianDeploymentDays(all.slice(0, 6), "2026-03-07", "2026-03-13", "saturday")).toBe(6);
  });

  test("counts weeks without a deployment, and those that the window cuts", () => {
    expect(medianDeploymentDays(days, "2026-03-02", "2026-03-22")).toBe(2);
    expect(medianDeploymentDays(days, "2026-02-23", "2026-03-22")).toBe(0);
  });

  test("counts a day once, and 0 in weeks of nothing", () => {
    expect(medianDeploymentDays(["2026-03-02", "2026-03-02"], "2026-03-02", "2026-03-08")).toBe(1);
    expect(medianDeploymentDays([], "2026-03-02", "2026-03-08")).toBe(0);
  });
});
