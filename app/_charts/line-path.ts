import type { Points } from "./types";

/** Path data of a line that stops where there is no data. */
export function linePath(
  points: Points,
  xOf: (at: number) => number,
  yOf: (value: number) => number,
): string {
  return drawnRuns(points)
    .filter((run) => run.length > 1)
    .map(
      (run) => `M${run.map(([at, value]) => `${short(xOf(at))} ${short(yOf(value))}`).join("L")}`,
    )
    .join("");
}

/** Path data of the values that stand alone between gaps: no line shows them, a round cap does. */
export function lonePath(
  points: Points,
  xOf: (at: number) => number,
  yOf: (value: number) => number,
): string {
  return drawnRuns(points)
    .flatMap((run) => (run.length === 1 ? run : []))
    .map(([at, value]) => `M${short(xOf(at))} ${short(yOf(value))}h0`)
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
function drawnRuns(points: Points): [number, number][][] {
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
