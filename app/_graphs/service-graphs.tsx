"use client";

import { type ReactNode, useCallback, useMemo } from "react";
import { GraphStack } from "@/app/_charts/graph-stack";
import { deploymentHref } from "@/app/_deployments/naming";
import { useGraphs, useMarkers } from "@/app/_graphs/use-graphs";
import { incidentHref } from "@/app/_incidents/naming";
import { RangePicker } from "@/app/_window/range-picker";
import { useTimezone } from "@/app/_window/timezone";
import { useWindow, type WindowState } from "@/app/_window/use-window";

interface ServiceGraphsProps {
  service: string;
  environment: string;
  /** Shown unless the address names a fixed window: what the page is about. */
  around?: { from: Date; to: Date };
  toolbar?: ReactNode;
  height?: number;
  /** Error ratio, latency and traffic only. */
  basic?: boolean;
  /** The header's "was" is the median before this moment. */
  before?: Date;
}

/** A service's graphs with every line over them; a drag zooms, and the address keeps the window. */
export function ServiceGraphs({
  service,
  environment,
  around,
  toolbar,
  ...look
}: ServiceGraphsProps) {
  const window = useShownWindow(around);
  const { timezone } = useTimezone();
  const graphs = useGraphs(service, environment, window, look);
  const markers = useMarkers(service, environment, window);
  const zoom = useCallback(
    (from: number, to: number) => window.fix(new Date(from), new Date(to)),
    [window.fix],
  );
  return (
    <GraphStack
      label={`${service} in ${environment}`}
      graphs={graphs}
      from={window.from.getTime()}
      to={window.to.getTime()}
      timezone={timezone}
      markers={markers}
      service={service}
      hrefFor={hrefFor}
      onZoom={zoom}
      toolbar={
        <span className="flex flex-wrap items-center gap-2">
          {toolbar}
          <RangePicker window={window} />
        </span>
      }
    />
  );
}

function useShownWindow(around: { from: Date; to: Date } | undefined): WindowState {
  const window = useWindow("-24h");
  const [from, to] = [around?.from.getTime(), around?.to.getTime()];
  return useMemo(
    () =>
      from === undefined || to === undefined || window.named
        ? window
        : { ...window, relative: null, from: new Date(from), to: new Date(to) },
    [window, from, to],
  );
}

function hrefFor({ kind, id }: { kind: string; id: string }): string | null {
  if (kind === "deployment") return deploymentHref(id);
  return kind === "incident" ? incidentHref(id) : null;
}
