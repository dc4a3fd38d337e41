import type { WeekStart } from "@/app/_window/week-start-name";

/**
 * The address that shows this view to anyone, whenever and wherever they open it:
 * the window as two moments, the zone and the week's first day named.
 */
export function permalink(
  { pathname, search }: { pathname: string; search: string },
  view: { from: Date; to: Date; timezone: string; weekStart: WeekStart },
): string {
  const next = new URLSearchParams(search);
  next.set("from", view.from.toISOString());
  next.set("to", view.to.toISOString());
  next.set("timezone", view.timezone);
  next.set("weekStart", view.weekStart);
  next.delete("kiosk");
  next.delete("back");
  next.sort();
  return `${pathname}?${next}`;
}
