import type { WeekStart } from "@/app/_window/week-start-name";

/**
 * The address that shows this view to anyone, whenever and wherever they open it:
 * the window as two moments, or the one moment that figures end at, the zone and the
 * week's first day named.
 */
export function permalink(
  { pathname, search }: { pathname: string; search: string },
  view: ({ window: { from: Date; to: Date } } | { at: string }) & {
    timezone: string;
    weekStart: WeekStart;
  },
): string {
  const next = new URLSearchParams(search);
  if ("at" in view) {
    next.set("at", view.at);
    // A rolling window has no ends of its own: what was carried here is of other pages.
    next.delete("from");
    next.delete("to");
  } else {
    next.set("from", view.window.from.toISOString());
    next.set("to", view.window.to.toISOString());
  }
  next.set("timezone", view.timezone);
  next.set("weekStart", view.weekStart);
  next.delete("kiosk");
  next.delete("back");
  next.sort();
  return `${pathname}?${next}`;
}
