import type { Points } from "./types";

/**
 * Path data of a line that stops where there is no data. A value between two
 * gaps becomes a line of no length, which a round cap shows as a dot.
 */
export function linePath(
  points: Points,
  xOf: (at: number) => number,
  yOf: (value: number) => number,
): string {
  return drawnRuns(points)
    .map((run) => {
      const corners = run.map(([at, value]) => `${short(xOf(at))} ${short(yOf(value))}`);
      return corners.length === 1 ? `M${corners[0]}h0` : `M${corners.join("L")}`;
    })
    .join("");
}

/** The same line closed down to a base, run by run, to be filled. */
export function areaPath(
  points: Points,
  xOf: (at: number) => number,
  yOf: (value: number) => number,
  base: number,
): string {
  return drawnRuns(points)
    .map((run) => {
      const first = run[0];
      const last = run.at(-1);
      if (!first || !last || first === last) return "";
      const corners = run.map(([at, value]) => `${short(xOf(at))} ${short(yOf(value))}`);
      return `M${short(xOf(first[0]))} ${short(base)}L${corners.join("L")}L${short(xOf(last[0]))} ${short(base)}z`;
    })
    .join("");
}

/** The runs of points that have values. */
export function drawnRuns(points: Points): [number, number][][] {
  const runs: [number, number][][] = [];
  let run: [number, number][] = [];
  for (const [at, value] of points) {
    if (value !== null && Number.isFinite(value)) {
      if (run.length === 0) runs.push(run);
      run.push([at, value]);
    } else if (run.length > 0) {
      run = [];
    }
  }
  return runs;
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}
