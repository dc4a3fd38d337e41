import { expect, test } from "vitest";
import { areaPath, linePath, lonePath } from "./line-path";

const same = (value: number) => value;

test("a line stops where there is no data instead of falling to zero or bridging it", () => {
  expect(
    linePath(
      [
        [0, 1],
        [1, 2],
        [2, null],
        [3, 4],
        [4, 5],
      ],
      same,
      same,
    ),
  ).toBe("M0 1L1 2M3 4L4 5");
});

test("a value alone between gaps is a dot of its own", () => {
  const points = [
    [0, null],
    [1, 2],
    [2, null],
    [3, 4],
    [4, 5],
  ] as const;
  expect(linePath(points, same, same)).toBe("M3 4L4 5");
  expect(lonePath(points, same, same)).toBe("M1 2h0");
});

test("an area is closed to its base run by run", () => {
  expect(
    areaPath(
      [
        [0, 1],
        [1, 2],
        [2, null],
        [3, 4],
      ],
      same,
      same,
      9,
    ),
  ).toBe("M0 9L0 1L1 2L1 9z");
  expect(areaPath([], same, same, 9)).toBe("");
});
