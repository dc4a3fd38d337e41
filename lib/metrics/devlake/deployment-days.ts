import type { WeekStart } from "@/lib/metrics/buckets";
import { lowerMiddle } from "@/lib/metrics/devlake/lower-middle";

const dayMs = 86_400_000;
/** From each beginning of a week to 1970-01-01, which was a Thursday. */
const daysIntoWeek: Record<WeekStart, number> = { monday: 3, sunday: 4, saturday: 5 };

/**
 * DevLake's deployment frequency: the median over the calendar weeks (its own begin on
 * Mondays) of the days with a deployment, weeks without one and those that the window cuts
 * included. Days are calendar dates (`2026-03-02`), `first` and `last` those of the window.
 */
export function medianDeploymentDays(
  days: Iterable<string>,
  first: string,
  last: string,
  weekStart: WeekStart = "monday",
): number | null {
  const weekOf = (day: string) =>
    Math.floor((Date.parse(`${day}T00:00:00Z`) / dayMs + daysIntoWeek[weekStart]) / 7);
  const counts = new Map<number, number>();
  for (let week = weekOf(first); week <= weekOf(last); week += 1) counts.set(week, 0);
  for (const day of new Set(days)) counts.set(weekOf(day), (counts.get(weekOf(day)) ?? 0) + 1);
  return lowerMiddle([...counts.values()]);
}
