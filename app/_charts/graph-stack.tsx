"use client";

import "./charts.css";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { createCrosshair } from "./crosshair";
import { CrosshairContext } from "./crosshair-context";
import { CrosshairSlider } from "./crosshair-slider";
import { CrosshairTooltip } from "./crosshair-tooltip";
import { assumedWidth } from "./geometry";
import { GraphTable } from "./graph-table";
import type { KindKey } from "./kinds";
import { kindOf } from "./kinds";
import { Legend } from "./legend";
import { MarkerLanes } from "./marker-lanes";
import { type Mark, readMarks } from "./marks";
import { readingLines } from "./reading";
import { TimeGraph } from "./time-graph";
import type { Graph, Marker, TimeRange } from "./types";
import { useWidth } from "./use-measured";

export interface GraphStackProps extends TimeRange {
  /** Names the stack for assistive technology: "checkout in production". */
  label: string;
  graphs: readonly Graph[];
  /** An IANA zone. */
  timezone: string;
  markers: readonly Marker[];
  /** Whose deployments are "this", in the lanes; others' carry their service's name. */
  service: string;
  hrefFor?: (marker: Marker) => string | null;
  /** Dragged over, or + and − pressed. Without it there is no zoom. */
  onZoom?: (from: number, to: number) => void;
  /** Graphs side by side where the width allows. */
  columns?: 1 | 2 | 3;
  legend?: boolean;
  lanes?: boolean;
  table?: boolean;
  /** Stands at the legend's left: the page's range picker. */
  toolbar?: ReactNode;
  /** Kinds not drawn; kept inside unless the page keeps them. */
  hiddenKinds?: readonly KindKey[];
  onHiddenKindsChange?: (kinds: readonly KindKey[]) => void;
}

/** Graphs of one service over one time range, under one crosshair, with their markers. */
export function GraphStack(props: GraphStackProps) {
  const { label, graphs, from, to, timezone, markers, service, hrefFor, onZoom } = props;
  const { columns = 1, legend = true, lanes = columns === 1, table = true, toolbar } = props;
  const [element, setElement] = useState<HTMLElement | null>(null);
  const width = useWidth(element) ?? assumedWidth;
  const [crosshair] = useState(() => createCrosshair());
  const slider = useRef<HTMLInputElement>(null);
  const router = useRouter();

  const { hidden, toggle } = useHiddenKinds(props.hiddenKinds, props.onHiddenKindsChange);
  const range = useMemo<TimeRange>(() => ({ from, to }), [from, to]);
  const shown = useMemo(
    () => markers.filter((marker) => !hidden.includes(kindOf(marker))),
    [markers, hidden],
  );
  const marks = readMarks(shown);
  const lines = useMemo(() => readingLines(graphs), [graphs]);
  const shared = useMemo(
    () => ({
      crosshair,
      range,
      onZoom,
      focus: () => slider.current?.focus({ preventScroll: true }),
    }),
    [crosshair, range, onZoom],
  );

  function open({ marker }: Mark) {
    const href = hrefFor?.(marker);
    if (href) router.push(href);
  }

  return (
    <CrosshairContext value={shared}>
      <section className="chart-stack" aria-label={label}>
        {(toolbar || legend) && (
          <div className="chart-bar" data-control="">
            {toolbar}
            {legend && <Legend marks={readMarks(markers)} hidden={hidden} onToggle={toggle} />}
          </div>
        )}
        <div className="chart-grid" data-columns={columns} ref={setElement}>
          <CrosshairSlider
            ref={slider}
            {...{ label, crosshair, lines, marks, range, timezone, onZoom }}
            onOpen={open}
          />
          {graphs.map((graph) => (
            <TimeGraph key={graph.id} {...{ graph, from, to, timezone }} markers={shown} />
          ))}
          <CrosshairTooltip {...{ crosshair, lines, marks, service, range, timezone }} />
        </div>
        {lanes && <MarkerLanes {...{ marks, range, width, service, timezone, hrefFor }} />}
        <Keys zoom={onZoom !== undefined} />
        {table && <GraphTable {...{ label, graphs, marks, range, timezone, service }} />}
      </section>
    </CrosshairContext>
  );
}

function Keys({ zoom }: { zoom: boolean }) {
  return (
    <p className="chart-keys" aria-hidden="true">
      <kbd>←</kbd> <kbd>→</kbd> move, <kbd>n</kbd> <kbd>p</kbd> next and previous deployment,{" "}
      <kbd>Enter</kbd> open it{zoom && ", "}
      {zoom && (
        <>
          <kbd>+</kbd> <kbd>−</kbd> zoom
        </>
      )}
    </p>
  );
}

function useHiddenKinds(
  given: readonly KindKey[] | undefined,
  onChange: ((kinds: readonly KindKey[]) => void) | undefined,
) {
  const [own, setOwn] = useState<readonly KindKey[]>([]);
  const hidden = given ?? own;
  const toggle = useCallback(
    (kind: KindKey) => {
      const next = hidden.includes(kind)
        ? hidden.filter((other) => other !== kind)
        : [...hidden, kind];
      setOwn(next);
      onChange?.(next);
    },
    [hidden, onChange],
  );
  return { hidden, toggle };
}
