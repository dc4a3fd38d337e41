import { type KindKey, kinds, kindsByWeight } from "./kinds";
import type { Mark } from "./marks";

export interface MarkerPath {
  kind: KindKey;
  /** Path data of all lines of the kind, one a pixel column. */
  lines: string;
  /** Path data of the rollouts that led to the lines: from their start to the line. */
  rollouts: string;
  /** Paler where lines stand so close that they would hide the graph. */
  opacity: number;
  /** Where the kind's symbols stand: x of their middles. */
  symbols: readonly number[];
}

export interface MarkerArea {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const rolloutOpacity = 0.14;
/** A rollout narrower than this is its line. */
const rolloutAtLeast = 4;
/** The least distance between two symbols; a line without one still has its stroke. */
const symbolGap = 11;

/**
 * The lines of all markers, one path per kind however many there are, so that
 * 2,000 markers cost what 50 do. Markers outside the area are left out;
 * incidents give no line, they are spans.
 */
export function markerPaths(
  marks: readonly Mark[],
  xOf: (at: number) => number,
  area: MarkerArea,
): MarkerPath[] {
  const columns = new Map<KindKey, Set<number>>();
  const rollouts = new Map<KindKey, string>();
  for (const mark of marks) {
    if (mark.kind === "incident") continue;
    const x = Math.round(xOf(mark.at)) + 0.5;
    if (!(x >= area.x && x <= area.x + area.width + 1)) continue;
    const ofKind = columns.get(mark.kind);
    if (ofKind) ofKind.add(x);
    else columns.set(mark.kind, new Set([x]));
    const from = mark.startedAt === null ? x : Math.max(area.x, xOf(mark.startedAt));
    if (x - from >= rolloutAtLeast)
      rollouts.set(
        mark.kind,
        `${rollouts.get(mark.kind) ?? ""}M${Math.round(from)} ${area.y}H${x}v${area.height}H${Math.round(from)}z`,
      );
  }

  const drawn = [...columns.values()].reduce((sum, { size }) => sum + size, 0);
  const opacity = Math.min(1, Math.max(0.2, (0.12 * area.width) / Math.max(1, drawn)));
  const taken: number[] = [];
  return kindsByWeight.flatMap((kind) => {
    const xs = columns.get(kind);
    if (!xs) return [];
    const symbols = [...xs].filter((x) => {
      if (taken.some((other) => Math.abs(other - x) < symbolGap)) return false;
      taken.push(x);
      return true;
    });
    const lines = [...xs].map((x) => `M${x} ${area.y}v${area.height}`).join("");
    return [{ kind, lines, rollouts: rollouts.get(kind) ?? "", opacity, symbols }];
  });
}

/** Path data of a kind's symbols at given places, to be filled. */
export function symbolPath(kind: KindKey, xs: readonly number[], y: number): string {
  return xs.map((x) => `M${x} ${y}${kinds[kind].glyph}`).join("");
}
