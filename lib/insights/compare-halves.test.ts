import { describe, expect, test } from "vitest";
import { compareHalves, rated } from "@/lib/insights/compare-halves";

const classes = (...counts: [n: number, failed: number][]) =>
  counts.map(([n, failed], index) => ({
    from: 2 ** index,
    to: index + 1 === counts.length ? null : 2 ** (index + 1),
    ...rated(n, failed),
  }));

describe("compareHalves", () => {
  test("parts where the halves come closest to equal", () => {
    const { at, smaller, larger } = compareHalves(classes([10, 1], [45, 2], [30, 3], [15, 4]));
    expect(at).toBe(4);
    expect(smaller).toMatchObject({ n: 55, failed: 3 });
    expect(larger).toMatchObject({ n: 45, failed: 7 });
  });

  test("says that larger ones fail more where the intervals lie apart", () => {
    expect(compareHalves(classes([200, 4], [200, 40])).verdict).toBe("larger_fails_more");
    expect(compareHalves(classes([200, 40], [200, 4])).verdict).toBe("larger_fails_less");
  });

  test("says no difference where the intervals meet", () => {
    expect(compareHalves(classes([200, 10], [200, 14])).verdict).toBe("no_difference");
  });

  test("says too few rather than a difference of small numbers", () => {
    expect(compareHalves(classes([200, 0], [19, 19])).verdict).toBe("too_few");
    expect(compareHalves(classes([400, 40], [0, 0])).verdict).toBe("too_few");
    expect(compareHalves(classes([0, 0], [0, 0]))).toMatchObject({ verdict: "too_few", at: null });
  });
});
