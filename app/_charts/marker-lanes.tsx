"use client";

import { memo, useMemo } from "react";
import { useCrosshair } from "./crosshair-context";
import { CrosshairOverlay } from "./crosshair-overlay";
import { plot } from "./geometry";
import {
  type LaneKey,
  laneOf,
  type Placed,
  type PlacedSpan,
  placeMarks,
  placeSpans,
} from "./lanes";
import type { MarkerTexts } from "./marker-list";
import { MarkerPill, MarkerSpan } from "./marker-pill";
import type { Mark } from "./marks";
import type { TimeRange } from "./types";

interface MarkerLanesProps extends Omit<MarkerTexts, "span"> {
  marks: readonly Mark[];
  range: TimeRange;
  /** Pixels from edge to edge, as the graphs above. */
  width: number;
}

const lanes: readonly { key: LaneKey; short: string; name: string }[] = [
  { key: "service", short: "This", name: "Deployments of this service" },
  { key: "others", short: "Others", name: "Deployments of other services" },
  { key: "releases", short: "Releases", name: "Releases and flags" },
  { key: "incidents", short: "Incidents", name: "Incidents" },
];

/** The markers as links and buttons under the graphs, at the same times. */
export const MarkerLanes = memo(function MarkerLanes(props: MarkerLanesProps) {
  const { marks, range, width, service, timezone, hrefFor } = props;
  const shared = useCrosshair();
  const inner = width - plot.left - plot.right;
  const texts = { service, timezone, hrefFor, span: range.to - range.from };
  const placed = useMemo(
    () => placeAll(marks, range, inner, service),
    [marks, range, inner, service],
  );

  const point = (at: number) =>
    shared?.crosshair.move({ at, selection: null, by: "marker", pointer: null });
  const leave = () => shared?.crosshair.hide();
  const share = (x: number) => `${(x / inner) * 100}%`;

  return (
    <div className="chart-lanes">
      {lanes.map(({ key, short, name }) => (
        <div key={key} className="chart-lane">
          <span className="chart-lane-name" title={name} aria-hidden="true">
            {short}
          </span>
          <ul className="chart-lane-items" aria-label={name}>
            {key === "incidents"
              ? placed.spans.map(({ x, width, marks }) => (
                  <li key={x} data-span="" style={{ left: share(x), width: share(width) }}>
                    <MarkerSpan marks={marks} onPoint={point} onLeave={leave} {...texts} />
                  </li>
                ))
              : placed[key].map(({ x, anchor, ...pill }) => (
                  <li key={x} data-anchor={anchor} style={{ left: share(x) }}>
                    <MarkerPill {...pill} onPoint={point} onLeave={leave} {...texts} />
                  </li>
                ))}
          </ul>
        </div>
      ))}
      <CrosshairOverlay still />
    </div>
  );
});

type Places = Record<Exclude<LaneKey, "incidents">, Placed[]> & { spans: PlacedSpan[] };

function placeAll(
  marks: readonly Mark[],
  range: TimeRange,
  width: number,
  service: string,
): Places {
  const xOf = (at: number) => ((at - range.from) / (range.to - range.from)) * width;
  const inLane = (key: LaneKey) => marks.filter((mark) => laneOf(mark, service) === key);
  const place = (key: LaneKey) => placeMarks(inLane(key), xOf, width, pillText(service));
  return {
    service: place("service"),
    others: place("others"),
    releases: place("releases"),
    spans: placeSpans(inLane("incidents"), xOf, width),
  };
}

/** What a pill says: another service's deployment needs its name, a long label its beginning. */
function pillText(service: string) {
  return ({ marker }: Mark) =>
    shorten(
      marker.service === service || marker.kind === "release"
        ? marker.label
        : `${marker.service} ${marker.label}`,
    );
}

function shorten(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
