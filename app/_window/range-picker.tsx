"use client";

import { Popover } from "@base-ui/react/popover";
import { CalendarRange, ChevronDown } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { popupClass } from "@/app/_ui/popup";
import { formatTime } from "@/app/_window/format-time";
import { useTimezone } from "@/app/_window/timezone";
import type { WindowState } from "@/app/_window/use-window";
import { fromWallClock, toWallClock } from "@/app/_window/wall-clock";
import { describePreset, presets } from "@/app/_window/window";

/** Presets that move with the clock, or two moments in the viewer's zone. */
export function RangePicker({ window }: { window: WindowState }) {
  const [open, setOpen] = useState(false);
  const { timezone } = useTimezone();
  const label = window.relative
    ? describePreset(window.relative)
    : `${formatTime(window.from, timezone, "moment")} to ${formatTime(window.to, timezone, "moment")}`;
  return (
    <span data-control className="inline-flex items-center gap-1">
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger
          aria-label={`Time range: ${label}`}
          className="inline-flex min-h-8 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 font-semibold whitespace-nowrap tabular hover:bg-sunken"
        >
          <CalendarRange aria-hidden="true" size={14} className="text-muted" />
          {label}
          <ChevronDown aria-hidden="true" size={14} className="text-muted" />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner align="start" sideOffset={4} className="z-40">
            <Popover.Popup aria-label="Time range" className={popupClass("w-80 p-2")}>
              <ul className="grid grid-cols-2 gap-0.5">
                {presets.map((preset) => (
                  <li key={preset}>
                    <button
                      type="button"
                      aria-pressed={window.relative === preset}
                      onClick={() => {
                        window.choose(preset);
                        setOpen(false);
                      }}
                      className="w-full rounded px-2 py-1.5 text-left hover:bg-sunken aria-pressed:bg-accent-surface aria-pressed:font-semibold"
                    >
                      {describePreset(preset)}
                    </button>
                  </li>
                ))}
              </ul>
              <Moments window={window} timezone={timezone} onDone={() => setOpen(false)} />
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      {window.named && window.relative === null && (
        <Button look="quiet" onClick={window.reset}>
          Reset
        </Button>
      )}
    </span>
  );
}

function Moments({
  window,
  timezone,
  onDone,
}: {
  window: WindowState;
  timezone: string;
  onDone: () => void;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const from = fromWallClock(String(form.get("from")), timezone);
    const to = fromWallClock(String(form.get("to")), timezone);
    if (!from || !to || from >= to) return;
    window.fix(from, to);
    onDone();
  };
  const field = "mt-0.5 w-full rounded border border-line bg-surface px-2 py-1 tabular";
  return (
    <form onSubmit={submit} className="mt-2 grid gap-2 border-t border-line px-2 pt-2">
      <label>
        <span className="text-muted">From</span>
        <input
          type="datetime-local"
          name="from"
          required
          defaultValue={toWallClock(window.from, timezone)}
          className={field}
        />
      </label>
      <label>
        <span className="text-muted">To, in {timezone.replaceAll("_", " ")}</span>
        <input
          type="datetime-local"
          name="to"
          required
          defaultValue={toWallClock(window.to, timezone)}
          className={field}
        />
      </label>
      <Button type="submit" look="primary">
        Show
      </Button>
    </form>
  );
}
