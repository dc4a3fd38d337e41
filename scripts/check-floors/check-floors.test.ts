import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { belowFloors, compare, type Floor, floors } from "@/scripts/check-floors/below-floors";

const floor = (more: Partial<Floor>): Floor => ({
  package: "thing",
  least: "2.1.0",
  advisory: "GHSA-xxxx-xxxx-xxxx",
  why: "it breaks",
  ...more,
});
const lock = (packages: Record<string, string>) => ({
  packages: Object.fromEntries(
    Object.entries(packages).map(([place, version]) => [place, { version }]),
  ),
});

it("names every copy that is below its floor, nested ones and scoped ones too", () => {
  const known = [floor({}), floor({ package: "@scope/part", least: "1.0.0" })];
  const found = belowFloors(
    known,
    lock({
      "": "0.0.1",
      "node_modules/thing": "2.1.0",
      "node_modules/other/node_modules/thing": "2.0.9",
      "node_modules/@scope/part": "0.9.0",
      "node_modules/something": "0.0.1",
    }),
  );
  expect(found).toEqual([
    "thing 2.0.9 (node_modules/other/node_modules/thing) is below 2.1.0: GHSA-xxxx-xxxx-xxxx, it breaks",
    "@scope/part 0.9.0 (node_modules/@scope/part) is below 1.0.0: GHSA-xxxx-xxxx-xxxx, it breaks",
  ]);
});

it("holds each release line to its own floor, and older lines to none but the oldest", () => {
  const known = [floor({ line: 3, least: "3.3.8" }), floor({ line: 5, least: "5.0.9" })];
  const below = (version: string) =>
    belowFloors(known, lock({ "node_modules/thing": version })).length;
  expect(["3.3.8", "5.0.9", "4.0.0", "6.0.0"].map(below)).toEqual([0, 0, 0, 0]);
  expect(["3.3.7", "5.0.8", "2.9.9"].map(below)).toEqual([1, 1, 1]);
});

it.each([
  ["1.10.0", "1.9.0", 1],
  ["1.0.0-beta.17", "1.0.0", -1],
  ["1.0.0-beta.17", "1.0.0-beta.9", 1],
  ["1.0.0", "1.0.0", 0],
])("puts %s and %s in order", (one, other, expected) => {
  expect(Math.sign(compare(one, other))).toBe(expected);
});

it("gives each floor the advisory it comes from", () => {
  const known = floors.parse(JSON.parse(readFileSync("scripts/check-floors/floors.json", "utf8")));
  expect(known.length).toBeGreaterThan(15);
  for (const { advisory } of known) expect(advisory).toMatch(/GHSA-|CVE-|#\d+/);
});
