import { lowerMiddle } from "@/lib/metrics/devlake/lower-middle";

const dayMs = 86_400_000;
/** 1970-01-01 was a Thursday; weeks begin on Mondays. */
const daysToMonday = 3;

/**
 * DevLake's deployment frequency: the median over the calendar weeks, from Monday on, of the
 * days with a deployment, weeks without one and those that the window cuts included. Days
 * are calendar dates (`2026-03-02`), `first` and `last` those of the window.
 */
export function medianDeploymentDays(
  days: Iterable<string>,
  first: string,
  last: string,
): number | null {
  const counts = new Map<number, number>();
  for (let week = weekOf(first); week <= weekOf(last); week += 1) counts.set(week, 0);
  for (const day of new Set(days)) counts.set(weekOf(day), (counts.get(weekOf(day)) ?? 0) + 1);
  return lowerMiddle([...counts.values()]);
}

function weekOf(day: string): number {
  return Math.floor((Date.parse(`${day}T00:00:00Z`) / dayMs + daysToMonday) / 7);
}
