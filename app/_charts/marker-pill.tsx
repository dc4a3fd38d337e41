"use client";

import Link from "next/link";
import { Glyph, kindStyle } from "./glyph";
import { type KindKey, kindsByWeight } from "./kinds";
import { MarkerList, type MarkerTexts } from "./marker-list";
import type { Mark } from "./marks";
import { markName } from "./reading";
import { formatTime } from "./ticks";

interface PillProps extends MarkerTexts {
  marks: readonly Mark[];
  /** The crosshair goes where the marker is. */
  onPoint: (at: number) => void;
  onLeave: () => void;
}

/** One marker as a link, or several as a button that lists them. */
export function MarkerPill(props: PillProps & { label: string | null }) {
  const { marks, label, onPoint, onLeave, ...texts } = props;
  const [first] = marks;
  if (!first) return null;
  const hover = pointing(first.at, onPoint, onLeave);
  const href = marks.length === 1 ? texts.hrefFor?.(first.marker) : null;
  const kinds = kindsIn(marks);
  const only = kinds.length === 1 ? first.kind : null;

  if (href) {
    return (
      <Link
        className="chart-pill"
        style={kindStyle(first.kind)}
        href={href}
        prefetch={false}
        aria-label={told(first, texts)}
        {...hover}
      >
        <Glyph kind={first.kind} plain />
        {label}
      </Link>
    );
  }
  const look = only
    ? { className: "chart-pill", style: kindStyle(only) }
    : { className: "chart-pill", "data-cluster": "" };
  const title =
    marks.length === 1
      ? told(first, texts)
      : `${marks.length} events around ${formatTime(first.at, texts.timezone, texts.span)}`;
  return (
    <MarkerList marks={marks} title={title} trigger={{ ...look, ...hover }} {...texts}>
      {only ? <Glyph kind={only} plain /> : <Glyph kind={kinds[0] ?? first.kind} />}
      {marks.length > 1 ? marks.length : label}
    </MarkerList>
  );
}

/** An incident as a bar from its beginning to its end. */
export function MarkerSpan({ marks, onPoint, onLeave, ...texts }: PillProps) {
  const [first] = marks;
  if (!first) return null;
  const hover = pointing(first.at, onPoint, onLeave);
  const open = marks.some((mark) => mark.endAt === null) || undefined;
  const href = marks.length === 1 ? texts.hrefFor?.(first.marker) : null;
  if (href) {
    return (
      <Link
        className="chart-span"
        data-open={open}
        href={href}
        prefetch={false}
        aria-label={told(first, texts)}
        {...hover}
      >
        <Glyph kind="incident" />
        <span>{first.marker.label}</span>
      </Link>
    );
  }
  const title =
    marks.length === 1
      ? told(first, texts)
      : `${marks.length} incidents from ${formatTime(first.at, texts.timezone, texts.span)}`;
  return (
    <MarkerList
      marks={marks}
      title={title}
      trigger={{ className: "chart-span", "data-open": open, ...hover }}
      {...texts}
    >
      <Glyph kind="incident" />
      <span>{marks.length > 1 ? `${marks.length} incidents` : first.marker.label}</span>
    </MarkerList>
  );
}

function pointing(at: number, onPoint: (at: number) => void, onLeave: () => void) {
  return {
    onPointerEnter: () => onPoint(at),
    onFocus: () => onPoint(at),
    onPointerLeave: onLeave,
    onBlur: onLeave,
  };
}

/** The kinds among marks, the weightiest first. */
function kindsIn(marks: readonly Mark[]): KindKey[] {
  const present = new Set(marks.map((mark) => mark.kind));
  return kindsByWeight.filter((kind) => present.has(kind));
}

function told(mark: Mark, { service, timezone, span }: MarkerTexts): string {
  const still = mark.kind === "incident" && mark.endAt === null ? ", open" : "";
  return `${markName(mark, service)}${still}, ${formatTime(mark.at, timezone, span)}`;
}
