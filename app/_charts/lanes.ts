import type { Mark } from "./marks";

export type LaneKey = "service" | "others" | "releases" | "incidents";

/** What stands at one place of a lane: one mark, or several that would lie on each other. */
export interface Placed {
  x: number;
  marks: readonly Mark[];
  /** Shown only where it hides nothing. */
  label: string | null;
  /** Which end of the pill stands at x. */
  anchor: "start" | "end";
}

export interface PlacedSpan {
  x: number;
  width: number;
  marks: readonly Mark[];
}

/** Marks closer than this many pixels become one cluster: a finger can still hit one. */
export const clusterWidth = 24;

/** Which lane a mark belongs to, seen from one service. */
export function laneOf(mark: Mark, service: string): LaneKey {
  if (mark.kind === "incident") return "incidents";
  if (mark.marker.kind === "release") return "releases";
  return mark.marker.service === service ? "service" : "others";
}

/** Places for a lane's marks: clustered, in order, never one under another. */
export function placeMarks(
  marks: readonly Mark[],
  xOf: (at: number) => number,
  width: number,
  labelOf: (mark: Mark) => string,
): Placed[] {
  const clusters = cluster(marks, xOf, width);
  let occupied = Number.NEGATIVE_INFINITY;
  return clusters.map(({ x, marks }, index) => {
    const next = clusters[index + 1]?.x ?? Number.POSITIVE_INFINITY;
    const only = marks.length === 1 ? marks[0] : undefined;
    const text = only ? labelOf(only) : null;
    const wide = clusterWidth - 4 + (text === null ? 0 : textWidth(text));
    const fitsRight = x - half + wide <= Math.min(next - half, width + 8);
    const fitsLeft = !fitsRight && x + half - wide > occupied && x + half - wide >= 0;
    const labelled = fitsRight || fitsLeft;
    const anchor = labelled && fitsLeft ? "end" : "start";
    occupied = anchor === "end" || !labelled ? x + half : x - half + wide;
    return { x, marks, label: labelled ? text : null, anchor };
  });
}

/** Places for incidents: spans at least wide enough to hit, those that touch joined. */
export function placeSpans(
  marks: readonly Mark[],
  xOf: (at: number) => number,
  width: number,
): PlacedSpan[] {
  const placed: { x: number; width: number; marks: Mark[] }[] = [];
  for (const mark of marks) {
    const start = Math.max(0, xOf(mark.at));
    const end = Math.min(width, mark.endAt === null ? width : xOf(mark.endAt));
    if (end < 0 || start > width) continue;
    const x = Math.min(start, width - clusterWidth);
    const size = Math.max(clusterWidth, end - x);
    const last = placed.at(-1);
    if (last && x < last.x + last.width) {
      last.width = Math.max(last.width, x + size - last.x);
      last.marks.push(mark);
    } else {
      placed.push({ x, width: size, marks: [mark] });
    }
  }
  return placed;
}

const half = clusterWidth / 2 - 2;

function cluster(marks: readonly Mark[], xOf: (at: number) => number, width: number) {
  const clusters: { x: number; marks: Mark[] }[] = [];
  for (const mark of marks) {
    const x = xOf(mark.at);
    if (!(x >= 0 && x <= width)) continue;
    const last = clusters.at(-1);
    if (last && x - last.x < clusterWidth) last.marks.push(mark);
    else clusters.push({ x, marks: [mark] });
  }
  return clusters;
}

/** About what text takes at 11 px; a little too much rather than too little. */
function textWidth(text: string): number {
  return 6 + 6.4 * text.length;
}
