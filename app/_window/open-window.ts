import type { TimeWindow } from "@/app/_window/window";

/** The window as a list asks for it: a moving one has no end, so that what ends meanwhile belongs to it. */
export function openWindow({ from, to, relative }: TimeWindow): { from: string; to?: string } {
  return { from: from.toISOString(), ...(relative === null && { to: to.toISOString() }) };
}
