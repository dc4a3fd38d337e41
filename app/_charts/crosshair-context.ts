"use client";

import { createContext, useContext } from "react";
import type { Crosshair } from "./crosshair";
import type { TimeRange } from "./types";

export interface SharedCrosshair {
  crosshair: Crosshair;
  range: TimeRange;
  onZoom?: (from: number, to: number) => void;
  /** Gives the keyboard to the crosshair after the pointer used it. */
  focus: () => void;
}

/** Null outside a stack: a graph alone has no crosshair. */
export const CrosshairContext = createContext<SharedCrosshair | null>(null);

export function useCrosshair(): SharedCrosshair | null {
  return useContext(CrosshairContext);
}
