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
const clusterWidth = 24;

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
  return clusters.map((here, index) => {
    const { x, marks } = here;
    const only = marks.length === 1 ? marks[0] : undefined;
    const label = only ? labelOf(only) : null;
    const next = clusters[index + 1]?.x ?? Number.POSITIVE_INFINITY;
    const wide = pillWidth(here) + (label === null ? 0 : textWidth(label));
    const toRight = x - half + wide <= Math.min(next - half, width + overhang);
    const toLeft = x + half - wide >= Math.max(occupied, 0);

    if (label !== null && toRight) {
      occupied = x - half + wide;
      return { x, marks, label, anchor: "start" };
    }
    if (label !== null && toLeft) {
      occupied = x + half;
      return { x, marks, label, anchor: "end" };
    }
    occupied = x - half + pillWidth(here);
    return { x, marks, label: null, anchor: "start" };
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

/** Half of a pill that has no text: its symbol's middle stands at x. */
const half = 10;

/** How far a pill may reach into the margin right of the plot. */
const overhang = 12;

interface Cluster {
  x: number;
  marks: Mark[];
}

function cluster(marks: readonly Mark[], xOf: (at: number) => number, width: number): Cluster[] {
  const clusters: Cluster[] = [];
  for (const mark of marks) {
    const x = xOf(mark.at);
    if (!(x >= 0 && x <= width)) continue;
    const last = clusters.at(-1);
    if (last && x - last.x < Math.max(clusterWidth, pillWidth(last))) last.marks.push(mark);
    else clusters.push({ x, marks: [mark] });
  }
  return keptInside(clusters, width);
}

/** The last cluster's count must not leave the lane: it moves left, into its neighbour if need be. */
function keptInside(clusters: Cluster[], width: number): Cluster[] {
  for (let last = clusters.at(-1); last; last = clusters.at(-1)) {
    last.x = Math.min(last.x, Math.max(half, width + overhang + half - pillWidth(last)));
    const before = clusters.at(-2);
    if (!before || last.x - before.x >= Math.max(clusterWidth, pillWidth(before))) break;
    before.marks.push(...last.marks);
    clusters.pop();
  }
  return clusters;
}

/** What a pill without its label takes; a cluster's has its count. */
function pillWidth({ marks }: Cluster): number {
  return marks.length === 1 ? 20 : 21 + 7 * String(marks.length).length;
}

/** About what text takes at 11 px; a little too much rather than too little. */
function textWidth(text: string): number {
  return 6 + 6.4 * text.length;
}
