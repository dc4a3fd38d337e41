"use client";

import { type MouseEvent, type PointerEvent, useEffect, useRef } from "react";
import { type SharedCrosshair, useCrosshair } from "./crosshair-context";

/** A drag shorter than this is a click. */
const leastDrag = 5;

/** One graph's share of the crosshair: takes the pointer and draws the line, without rendering. */
export function CrosshairOverlay({ still = false }: { still?: boolean }) {
  const shared = useCrosshair();
  return shared && <Overlay shared={shared} still={still} />;
}

function Overlay({ shared, still }: { shared: SharedCrosshair; still: boolean }) {
  const line = useRef<HTMLDivElement>(null);
  const band = useRef<HTMLDivElement>(null);
  const { crosshair, range } = shared;

  useEffect(() => {
    const share = (at: number) => (at - range.from) / (range.to - range.from);
    return crosshair.listen(({ at, selection }) => {
      place(line.current, at === null ? null : `translateX(${share(at) * 100}%)`);
      place(
        band.current,
        selection &&
          `translateX(${share(selection.from) * 100}%) scaleX(${share(selection.to) - share(selection.from)})`,
      );
    });
  }, [crosshair, range]);

  const drag = useDrag(shared);
  return (
    <div className="chart-overlay" data-still={still || undefined} {...(still ? {} : drag)}>
      <div ref={band} className="chart-selection" />
      <div ref={line} className="chart-crosshair" />
    </div>
  );
}

function place(element: HTMLElement | null, transform: string | null) {
  if (!element) return;
  element.style.visibility = transform === null ? "hidden" : "visible";
  if (transform !== null) element.style.transform = transform;
}

function placeOf(event: PointerEvent) {
  return { x: event.clientX, y: event.clientY };
}

function useDrag({ crosshair, range, onZoom, focus }: SharedCrosshair) {
  const start = useRef<{ at: number; x: number } | null>(null);

  function timeAt(event: PointerEvent<HTMLElement>): number {
    const box = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return Math.round(range.from + share * (range.to - range.from));
  }

  return {
    // Else the press would take the focus from the slider again.
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      const at = timeAt(event);
      crosshair.move({ at, by: "pointer", pointer: placeOf(event) });
      focus();
      if (event.pointerType === "touch" || !onZoom) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { at, x: event.clientX };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const at = timeAt(event);
      // Escape hid the crosshair: the drag is given up.
      if (crosshair.get().at === null) start.current = null;
      const from = start.current;
      const dragged = from !== null && Math.abs(event.clientX - from.x) >= leastDrag;
      const selection = dragged ? { from: Math.min(from.at, at), to: Math.max(from.at, at) } : null;
      crosshair.move({ at, selection, by: "pointer", pointer: placeOf(event) });
    },
    onPointerUp() {
      const { selection } = crosshair.get();
      start.current = null;
      crosshair.move({ selection: null });
      if (selection && selection.to > selection.from) onZoom?.(selection.from, selection.to);
    },
    onPointerCancel() {
      start.current = null;
      crosshair.hide();
    },
    onPointerLeave() {
      if (start.current === null) crosshair.hide();
    },
  };
}
