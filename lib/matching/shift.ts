import { type ChangePoint, changePoint } from "@/lib/matching/change-point";
import type { Signals } from "@/lib/matching/types";
import type { Sample } from "@/lib/series/types";

/** The clearest worsening of a service's own signals around an incident's first sign. */
export interface Shift extends ChangePoint {
  signal: "errors" | "latency";
}

const minute = 60_000;
/** A change point is sought from an hour before the first sign to ten minutes after it. */
export const shiftWindow = { before: 60 * minute, after: 10 * minute };

/** Noise floors: a tenth of a percent of errors, five milliseconds. */
const errorFloor = 0.001;
const latencyFloor = 0.005;

/** Errors are looked at first: they hurt more, and latency often moves with them. */
export function worsening(signals: Signals, firstSignAt: number): Shift | null {
  const errors = shiftOf(signals.errorRatio, firstSignAt, errorFloor);
  if (errors) return { ...errors, signal: "errors" };
  const latency = shiftOf(signals.latencySeconds, firstSignAt, latencyFloor);
  return latency ? { ...latency, signal: "latency" } : null;
}

function shiftOf(
  samples: readonly Sample[],
  firstSignAt: number,
  floor: number,
): ChangePoint | null {
  const inside = samples.filter(
    ([at]) => at >= firstSignAt - shiftWindow.before && at <= firstSignAt + shiftWindow.after,
  );
  const point = changePoint(inside, floor);
  return point && point.after > point.before * 1.3 ? point : null;
}
