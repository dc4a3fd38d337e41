/** Times in one zone and one spelling (24 hours, day before month), the same on server and browser. */

export type Style = "time" | "seconds" | "day" | "date" | "month" | "moment" | "exact" | "full";

const options: Record<Style, Intl.DateTimeFormatOptions> = {
  time: { hour: "2-digit", minute: "2-digit" },
  seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  day: { day: "numeric", month: "short" },
  date: { day: "numeric", month: "short", year: "numeric" },
  month: { month: "long", year: "numeric" },
  moment: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  exact: {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  },
  full: {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  },
};

const formats = new Map<string, Intl.DateTimeFormat>();

export function formatTime(at: Date | string | number, timezone: string, style: Style): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "unknown";
  return formatOf(timezone, style).format(date).replaceAll(",", "");
}

/** The time alone on the day of `now`, with the day otherwise. */
export function formatNear(at: Date | string, timezone: string, now: number): string {
  const sameDay = formatTime(at, timezone, "day") === formatTime(now, timezone, "day");
  return formatTime(at, timezone, sameDay ? "time" : "moment");
}

function formatOf(timezone: string, style: Style): Intl.DateTimeFormat {
  const key = `${timezone} ${style}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    ...options[style],
    timeZone: timezone,
    hourCycle: "h23",
  });
  formats.set(key, made);
  return made;
}
