import { type KindKey, kindOf } from "./kinds";
import type { Marker } from "./types";

/** A marker made ready to draw: its times read once, its kind decided once. */
export interface Mark {
  marker: Marker;
  kind: KindKey;
  at: number;
  /** Incidents: null while open. */
  endAt: number | null;
}

/** Marks in order of time; what has no readable time is left out. */
export function readMarks(markers: readonly Marker[]): Mark[] {
  const marks: Mark[] = [];
  for (const marker of markers) {
    const at = Date.parse(marker.at);
    if (Number.isNaN(at)) continue;
    const endAt = marker.endAt === null ? null : Date.parse(marker.endAt);
    marks.push({ marker, kind: kindOf(marker), at, endAt: Number.isNaN(endAt) ? null : endAt });
  }
  return marks.sort((a, b) => a.at - b.at);
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
