import { expect, it } from "vitest";
import { compareVersions } from "@/app/_graphs/compare-versions";

type Values = (number | null)[];

function answer(versions: Record<string, Values>, label = "service.version") {
  return {
    unit: "ratio",
    series: Object.entries(versions).map(([version, values]) => ({
      labels: { [label]: version },
      points: values.map((value, index): [number, number | null] => [index * 60_000, value]),
    })),
  };
}

it("names the version that began later as the new one, and compares the minutes both report", () => {
  const compared = compareVersions(
    answer({ "2.0": [null, null, 4, 4, 4, 4, 4, 4], "1.0": [9, 9, 2, 2, 2, 2, 2, 2] }),
  );
  expect(compared).toMatchObject({
    oldVersion: "1.0",
    newVersion: "2.0",
    oldValue: 2,
    newValue: 4,
    change: 1,
    reading: "worse",
  });
});

it("reads what may be noise as unclear, however large its share", () => {
  const compared = compareVersions(
    answer({ "1.0": [1, 0, 2, 0, 1, 0, 1], "2.0": [null, 3, 0, 1, 0, 2, 0] }),
  );
  expect(compared?.reading).toBe("unclear");
});

it("reads a small difference as none", () => {
  const compared = compareVersions(
    answer({ "1.0": [1, 1, 1, 1, 1, 1], "2.0": [null, 1.01, 1.01, 1.01, 1.01, 1.01] }),
  );
  expect(compared?.reading).toBe("same");
});

it("reads a few minutes as too little to tell", () => {
  expect(compareVersions(answer({ "1.0": [1, 1, 1], "2.0": [null, 9, 9] }))?.reading).toBe(
    "unclear",
  );
});

it("tells nothing where versions do not report, or never together", () => {
  expect(compareVersions(answer({ "": [1, 2] }, "instance"))).toBeNull();
  expect(compareVersions(answer({ "1.0": [1, null], "2.0": [null, 1] }))).toBeNull();
});
