"use client";

import { useEffect, useRef } from "react";
import type { Crosshair, CrosshairState } from "./crosshair";
import { type KindKey, kinds } from "./kinds";
import type { Mark } from "./marks";
import { markDistance, markName, nearestMark, openAt, type ReadingLine } from "./reading";
import { SeriesSample } from "./series-stroke";
import { formatTime } from "./ticks";
import type { TimeRange } from "./types";
import { formatValue } from "./units";

interface CrosshairTooltipProps {
  crosshair: Crosshair;
  lines: readonly ReadingLine[];
  marks: readonly Mark[];
  service: string;
  range: TimeRange;
  timezone: string;
}

/**
 * The values under the crosshair and the nearest change. Its texts are written
 * straight to the DOM in the crosshair's frame; React renders only its rows.
 * Hidden from assistive technology: the slider says the same.
 */
export function CrosshairTooltip(props: CrosshairTooltipProps) {
  const { crosshair, lines, marks, service, range, timezone } = props;
  const box = useRef<HTMLDivElement>(null);

  useEffect(
    () =>
      crosshair.listen((state) => {
        const element = box.current;
        if (!element) return;
        element.style.visibility = state.at === null || state.selection ? "hidden" : "visible";
        if (state.at === null) return;
        write(element, state.at, { lines, marks, service, range, timezone });
        move(element, state, (state.at - range.from) / (range.to - range.from));
      }),
    [crosshair, lines, marks, service, range, timezone],
  );

  return (
    <div ref={box} className="chart-tooltip" aria-hidden="true">
      <div className="chart-tooltip-time" data-part="time" />
      {lines.map(({ key, name, index }) => (
        <div key={key} className="chart-tooltip-line">
          <SeriesSample index={index} />
          <span>{name}</span>
          <span data-part="value" />
        </div>
      ))}
      {(["mark", "incident"] as const).map((part) => (
        <div key={part} className="chart-tooltip-line chart-tooltip-mark" data-part={part}>
          <svg width="10" height="10" viewBox="-5 -1 10 10" aria-hidden="true">
            <path />
          </svg>
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}

function write(
  box: HTMLElement,
  at: number,
  { lines, marks, service, range, timezone }: Omit<CrosshairTooltipProps, "crosshair">,
) {
  const time = box.querySelector("[data-part=time]");
  if (time) time.textContent = formatTime(at, timezone, range.to - range.from);
  const cells = box.querySelectorAll("[data-part=value]");
  for (const [index, { valueAt, unit }] of lines.entries()) {
    const cell = cells[index];
    if (cell) cell.textContent = formatValue(valueAt(at), unit);
  }
  const near = nearestMark(marks, at);
  writeMark(
    box.querySelector<HTMLElement>("[data-part=mark]"),
    near && { kind: near.kind, name: markName(near, service), aside: markDistance(near, at) },
  );
  const [first, ...more] = openAt(marks, at);
  writeMark(
    box.querySelector<HTMLElement>("[data-part=incident]"),
    first
      ? {
          kind: "incident",
          name: more.length > 0 ? `${more.length + 1} incidents` : markName(first, service),
          aside: "open",
        }
      : null,
  );
}

function writeMark(
  row: HTMLElement | null,
  told: { kind: KindKey; name: string; aside: string } | null,
) {
  if (!row) return;
  row.hidden = told === null;
  if (told === null) return;
  const [, name, aside] = row.children;
  const symbol = row.querySelector("path");
  symbol?.setAttribute("d", `M0 0${kinds[told.kind].glyph}`);
  symbol?.setAttribute("fill", kinds[told.kind].colour);
  if (name) name.textContent = told.name;
  if (aside) aside.textContent = told.aside;
}

/** Beside the crosshair, on the side with more room; level with the pointer, inside the stack. */
function move(box: HTMLElement, { pointer }: CrosshairState, share: number) {
  const stack = box.parentElement?.getBoundingClientRect();
  const plot = box.parentElement?.querySelector(".chart-overlay")?.getBoundingClientRect();
  if (!stack || !plot) return;
  const x = (pointer?.x ?? plot.left + share * plot.width) - stack.left;
  const left = x > stack.width / 2 ? x - box.offsetWidth - 12 : x + 12;
  const top = pointer === null ? 32 : pointer.y - stack.top - 24;
  const within = (value: number, most: number) =>
    Math.round(Math.max(4, Math.min(value, most - 4)));
  box.style.transform = `translate(${within(left, stack.width - box.offsetWidth)}px, ${within(top, stack.height - box.offsetHeight)}px)`;
}
