"use client";

import { type KeyboardEvent, type RefObject, useEffect } from "react";
import type { Crosshair } from "./crosshair";
import type { Mark } from "./marks";
import { describeReading, nearestMark, type ReadingLine, stepDeployment } from "./reading";
import type { TimeRange } from "./types";

interface CrosshairSliderProps {
  ref: RefObject<HTMLInputElement | null>;
  label: string;
  crosshair: Crosshair;
  lines: readonly ReadingLine[];
  marks: readonly Mark[];
  range: TimeRange;
  timezone: string;
  onZoom?: (from: number, to: number) => void;
  onOpen: (mark: Mark) => void;
}

/** A real slider over time, out of sight: the keyboard's crosshair, which also speaks. */
export function CrosshairSlider(props: CrosshairSliderProps) {
  const { ref, label, crosshair, lines, marks, range, timezone } = props;
  const step = (range.to - range.from) / 120;

  useEffect(
    () =>
      crosshair.listen(({ at, by }) => {
        const input = ref.current;
        if (!input || at === null) return;
        input.value = String(at);
        // A pointer's every move need not be told; where it rests, the next key tells.
        if (by === "pointer") return;
        input.setAttribute("aria-valuetext", describeReading(lines, marks, at, timezone, range));
      }),
    [ref, crosshair, lines, marks, range, timezone],
  );

  function show(at: number) {
    const inside = Math.min(range.to, Math.max(range.from, Math.round(at)));
    crosshair.move({ at: inside, selection: null, by: "keyboard", pointer: null });
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = crosshair.get().at ?? (range.from + range.to) / 2;
    const act = actionOf(event.key, event.shiftKey, at);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  function actionOf(key: string, fast: boolean, at: number): (() => void) | null {
    switch (key) {
      case "ArrowLeft":
      case "ArrowRight":
        return () => show(at + (key === "ArrowRight" ? step : -step) * (fast ? 10 : 1));
      case "Home":
        return () => show(range.from);
      case "End":
        return () => show(range.to);
      case "n":
      case "p":
        return () => show(stepDeployment(marks, at, key === "n" ? 1 : -1, range)?.at ?? at);
      case "Enter": {
        const mark = nearestMark(marks, at);
        return mark && Math.abs(mark.at - at) <= 2 * step ? () => props.onOpen(mark) : null;
      }
      case "Escape":
        return crosshair.get().at === null ? null : () => crosshair.hide();
      case "+":
      case "-":
        return () => zoom(at, key === "+" ? 0.5 : 2);
      default:
        return null;
    }
  }

  function zoom(at: number, factor: number) {
    const { from, to } = range;
    props.onZoom?.(Math.round(at - (at - from) * factor), Math.round(at + (to - at) * factor));
  }

  return (
    <input
      ref={ref}
      className="chart-slider"
      type="range"
      aria-label={`${label}: time under the crosshair`}
      min={range.from}
      max={range.to}
      step="any"
      defaultValue={range.to}
      onKeyDown={press}
      onChange={(event) => show(Number(event.currentTarget.value))}
      onBlur={() => crosshair.get().by === "keyboard" && crosshair.hide()}
    />
  );
}
