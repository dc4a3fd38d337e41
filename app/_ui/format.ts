import { formatDuration, formatValue } from "@/app/_charts/units";

/** Figures in running text and tables: no data is a dash there, never a zero. */

const none = "–";

export function formatSeconds(seconds: number | null | undefined): string {
  return typeof seconds === "number" ? formatDuration(seconds) : none;
}

export function formatRate(rate: number | null | undefined): string {
  return typeof rate === "number" ? formatValue(rate, "ratio") : none;
}

export function formatCount(count: number | null | undefined): string {
  if (typeof count !== "number") return none;
  return count.toLocaleString("en-US", { maximumFractionDigits: 1 });
}

/** `1 change`, `2 changes`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
