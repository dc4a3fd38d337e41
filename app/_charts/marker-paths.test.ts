import { expect, test } from "vitest";
import { markerPaths, symbolPath } from "./marker-paths";
import { openSpans, readMarks } from "./marks";
import type { Marker } from "./types";

const area = { x: 50, y: 8, width: 600, height: 100 };
const xOf = (at: number) => 50 + at / 1000;
const marker = (at: number, more: Partial<Marker> = {}): Marker => ({
  kind: "deployment",
  id: `d${at}`,
  service: "checkout",
  at: new Date(at).toISOString(),
  endAt: null,
  class: "deploy",
  label: "1.0",
  failed: false,
  revision: null,
  ...more,
});
const incident = (at: number, endAt: number | null) =>
  marker(at, {
    kind: "incident",
    class: null,
    endAt: endAt === null ? null : new Date(endAt).toISOString(),
  });
const lineCount = (path: string) => path.split("M").length - 1;

test("one path per kind, one line per pixel column, however many markers", () => {
  const markers = Array.from({ length: 2000 }, (_, index) => marker(index * 100));
  const paths = markerPaths(readMarks([...markers, marker(100, { class: "rollback" })]), xOf, area);
  expect(paths.map((path) => path.kind)).toEqual(["rollback", "deploy"]);
  expect(lineCount(paths[1]?.lines ?? "")).toBe(201);
  expect(paths[1]?.opacity).toBeLessThan(0.5);
  expect(markerPaths(readMarks([marker(0)]), xOf, area)[0]?.opacity).toBe(1);
});

test("what lies outside the plot is not drawn at its edge", () => {
  expect(markerPaths(readMarks([marker(700_000)]), xOf, area)).toEqual([]);
  expect(markerPaths(readMarks([marker(1)]), (at) => 49 - at, area)).toEqual([]);
  expect(markerPaths(readMarks([marker(600_000)]), xOf, area)).toHaveLength(1);
});

test("symbols never lie on each other, and a remedy keeps its own before a deployment", () => {
  const paths = markerPaths(
    readMarks([marker(100_000), marker(104_000, { class: "rollback" })]),
    xOf,
    area,
  );
  expect(paths.find((path) => path.kind === "rollback")?.symbols).toEqual([154.5]);
  expect(paths.find((path) => path.kind === "deploy")?.symbols).toEqual([]);
  expect(symbolPath("deploy", [10.5], 8)).toMatch(/^M10\.5 8m/);
});

test("incidents are spans: clipped to the range, joined where they overlap, open ones reach its end", () => {
  const marks = readMarks([
    incident(50, 150),
    incident(120, 180),
    incident(300, null),
    incident(-90, -10),
  ]);
  expect(openSpans(marks, 100, 400)).toEqual([
    { from: 100, to: 180 },
    { from: 300, to: 400 },
  ]);
  expect(markerPaths(marks, xOf, area)).toEqual([]);
});

test("a marker without a readable time is left out, the rest come in order", () => {
  const marks = readMarks([marker(20), { ...marker(5), at: "soon" }, marker(10)]);
  expect(marks.map((mark) => mark.at)).toEqual([10, 20]);
});

test("a rollout of some width is a band that ends at its line", () => {
  const startedAt = new Date(100_000).toISOString();
  const [slow] = markerPaths(readMarks([marker(200_000, { startedAt })]), xOf, area);
  expect(slow?.rollouts).toBe("M150 8H250.5v100H150z");
  const [quick] = markerPaths(readMarks([marker(102_000, { startedAt })]), xOf, area);
  expect(quick?.rollouts).toBe("");
});
