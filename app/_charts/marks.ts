import { type KindKey, kindOf } from "./kinds";
import type { Marker } from "./types";

/** A marker made ready to draw: its times read once, its kind decided once. */
export interface Mark {
  marker: Marker;
  kind: KindKey;
  at: number;
  /** Deployments: when the rollout began, where that is known. */
  startedAt: number | null;
  /** Incidents: null while open. */
  endAt: number | null;
}

/** Graphs of a stack share one array of markers: it is read once. */
const alreadyRead = new WeakMap<readonly Marker[], readonly Mark[]>();

/** Marks in order of time; what has no readable time is left out. */
export function readMarks(markers: readonly Marker[]): readonly Mark[] {
  const known = alreadyRead.get(markers);
  if (known) return known;
  const marks = markers.flatMap((marker) => {
    const at = Date.parse(marker.at);
    if (Number.isNaN(at)) return [];
    const startedAt = timeOf(marker.startedAt ?? null);
    return [{ marker, kind: kindOf(marker), at, startedAt, endAt: timeOf(marker.endAt) }];
  });
  marks.sort((a, b) => a.at - b.at);
  alreadyRead.set(markers, marks);
  return marks;
}

function timeOf(text: string | null): number | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

export interface Span {
  from: number;
  to: number;
}

/** When any incident was open within a range: clipped, joined where they overlap, in order. */
export function openSpans(marks: readonly Mark[], from: number, to: number): Span[] {
  const spans: Span[] = [];
  for (const mark of marks) {
    if (mark.kind !== "incident") continue;
    const span = { from: Math.max(from, mark.at), to: Math.min(to, mark.endAt ?? to) };
    if (span.to <= span.from) continue;
    const last = spans.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else spans.push(span);
  }
  return spans;
}
