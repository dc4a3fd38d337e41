"use client";

import { formatSeconds } from "@/app/_ui/format";
import { useNow } from "@/app/_window/clock";
import { formatNear, formatTime, type Style } from "@/app/_window/format-time";
import { useTimezone } from "@/app/_window/timezone";

/** A moment in the viewer's zone; the whole of it, with its zone, on hover. */
export function Moment({ at, style = "near" }: { at: string | null; style?: "near" | Style }) {
  const { timezone } = useTimezone();
  const now = useNow(60_000);
  if (at === null) return <span className="text-muted">unknown</span>;
  const text = style === "near" ? formatNear(at, timezone, now) : formatTime(at, timezone, style);
  return (
    <time dateTime={at} title={formatTime(at, timezone, "full")} className="tabular">
      {text}
    </time>
  );
}

/** How long ago, growing with the clock. */
export function Ago({ at, suffix = " ago" }: { at: string; suffix?: string }) {
  const { timezone } = useTimezone();
  const now = useNow(1_000);
  const seconds = Math.max(0, (now - new Date(at).getTime()) / 1_000);
  return (
    <time dateTime={at} title={formatTime(at, timezone, "full")} className="tabular">
      {roughly(seconds)}
      {suffix}
    </time>
  );
}

/** One unit is enough above a minute and a half of it. */
function roughly(seconds: number): string {
  if (seconds < 90) return formatSeconds(Math.round(seconds));
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 129_600) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
