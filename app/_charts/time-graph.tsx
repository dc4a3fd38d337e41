"use client";

import "./charts.css";
import { lazy, memo, Suspense, startTransition, useEffect, useMemo, useState } from "react";
import { CrosshairOverlay } from "./crosshair-overlay";
import { assumedWidth, defaultHeight } from "./geometry";
import { GraphFrame } from "./graph-frame";
import { readMarks } from "./marks";
import { composePicture } from "./picture";
import type { StaticGraphProps } from "./static-graph";
import { StaticPicture } from "./static-picture";
import { summarise } from "./summary";
import { useSeen, useWhile, useWidth } from "./use-measured";

const RechartsPicture = lazy(async () => ({
  default: (await import("./recharts-picture")).RechartsPicture,
}));

/**
 * One graph with its markers. The server and the first paint draw plain SVG;
 * Recharts takes its place, at the same size, once the graph is on the screen.
 */
export const TimeGraph = memo(function TimeGraph(props: StaticGraphProps) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const measured = useWidth(element);
  const seen = useSeen(element);
  const interactive = useLatched(seen && measured !== null);

  const { graph, from, to, timezone, markers } = useWhile(seen || element === null, props);
  const height = graph.height ?? defaultHeight;
  const width = measured ?? assumedWidth;
  const range = useMemo(() => ({ from, to }), [from, to]);
  const marks = useMemo(() => readMarks(markers), [markers]);
  const picture = useMemo(
    () => composePicture(graph, range, marks, timezone, width, height),
    [graph, range, marks, timezone, width, height],
  );
  const summary = useMemo(
    () => summarise(graph, marks, range, timezone),
    [graph, marks, range, timezone],
  );

  const still = <StaticPicture picture={picture} />;
  return (
    <div ref={setElement}>
      <GraphFrame graph={graph} height={height} summary={summary}>
        {interactive ? (
          <Suspense fallback={still}>
            <RechartsPicture picture={picture} width={width} />
          </Suspense>
        ) : (
          still
        )}
        <CrosshairOverlay />
      </GraphFrame>
    </div>
  );
});

/** True from the first time on; the change may wait for what is urgent. */
function useLatched(now: boolean): boolean {
  const [latched, setLatched] = useState(false);
  useEffect(() => {
    if (now) startTransition(() => setLatched(true));
  }, [now]);
  return latched;
}
