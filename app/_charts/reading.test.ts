import { expect, test } from "vitest";
import { readMarks } from "./marks";
import {
  describeReading,
  markName,
  nearestMark,
  openAt,
  readingLines,
  stepDeployment,
} from "./reading";
import { summarise } from "./summary";
import type { Graph, Marker } from "./types";

const start = Date.parse("2026-11-21T14:00:00Z");
const time = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const marker = (seconds: number, more: Partial<Marker> = {}): Marker => ({
  kind: "deployment",
  id: `d${seconds}`,
  service: "checkout",
  at: time(seconds),
  endAt: null,
  class: "deploy",
  label: `2.${seconds}`,
  failed: false,
  revision: null,
  ...more,
});
const marks = readMarks([
  marker(60),
  marker(100, { kind: "release", class: "flag", label: "new-tax" }),
  marker(200, { class: "rollback", failed: true }),
  marker(150, { kind: "incident", class: null, label: "INC-311", endAt: time(400) }),
]);
const graph: Graph = {
  id: "errors",
  title: "5xx ratio",
  unit: "ratio",
  series: [
    {
      name: "all",
      points: [
        [start, 0.002],
        [start + 60_000, null],
        [start + 120_000, 0.048],
      ],
    },
  ],
};
const range = { from: start, to: start + 300_000 };

test("the nearest mark is a change, before or after, and never the incident itself", () => {
  expect(nearestMark(marks, start + 140_000)?.marker.label).toBe("new-tax");
  expect(nearestMark(marks, start + 180_000)?.marker.label).toBe("2.200");
  expect(nearestMark([], start)).toBeNull();
});

test("an incident is open from its start until before its end", () => {
  expect(openAt(marks, start + 149_000)).toHaveLength(0);
  expect(openAt(marks, start + 150_000)).toHaveLength(1);
  expect(openAt(marks, start + 400_000)).toHaveLength(0);
});

test("n and p step over deployments of the range only", () => {
  expect(stepDeployment(marks, start, 1, range)?.marker.label).toBe("2.60");
  expect(stepDeployment(marks, start + 60_000, 1, range)?.marker.label).toBe("2.200");
  expect(stepDeployment(marks, start + 200_000, -1, range)?.marker.label).toBe("2.60");
  expect(stepDeployment(marks, start + 60_000, 1, { from: start, to: start + 90_000 })).toBeNull();
});

test("a mark says that it failed, and whose it is where that is another's", () => {
  const rollback = marks.at(-1);
  expect(rollback && markName(rollback, "checkout")).toBe("Rollback 2.200, failed");
  expect(rollback && markName(rollback, "web")).toBe("Rollback 2.200 of checkout, failed");
});

test("a reading is one sentence, missing values said", () => {
  expect(describeReading(readingLines([graph]), marks, start + 61_000, "UTC", range)).toBe(
    "14:01:01; 5xx ratio no data; Deployment 2.60 of checkout 1 s earlier",
  );
  expect(
    describeReading(readingLines([graph]), marks, start + 200_000, "Europe/Berlin", range),
  ).toBe(
    "15:03:20; 5xx ratio 4.8%; Rollback 2.200 of checkout, failed at this time; Incident INC-311 of checkout open",
  );
});

test("a graph's summary has its range, its values and what was drawn over it", () => {
  expect(summarise(graph, marks, range, "UTC")).toBe(
    "5xx ratio, 14:00:00 to 14:05:00; now 4.8%, lowest 0.2%, highest 4.8%; 1 deployment; 1 rollback; 1 flag change; 1 incident",
  );
  expect(
    summarise({ ...graph, series: [{ name: "all", points: [] }] }, [], range, "UTC"),
  ).toContain("no data");
});
