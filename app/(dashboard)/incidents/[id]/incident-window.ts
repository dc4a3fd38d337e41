import type { IncidentAnswer } from "@/lib/http/answers";

const minute = 60_000;
const stepMilliseconds = 15_000;

/**
 * From well before the first sign until a while after the end, or until now
 * while it is open; a long incident shows its beginning, where the cause lies.
 */
export function incidentWindow(
  {
    firstSignAt,
    openedAt,
    resolvedAt,
  }: Pick<IncidentAnswer, "firstSignAt" | "openedAt" | "resolvedAt">,
  now: number,
): { from: Date; to: Date } {
  const until = (Math.floor(now / stepMilliseconds) + 1) * stepMilliseconds;
  const start = Math.min(Date.parse(firstSignAt), Date.parse(openedAt));
  const end = resolvedAt === null ? until : Math.min(until, Date.parse(resolvedAt) + 20 * minute);
  const to = Math.min(Math.max(end, start + 10 * minute), start + 360 * minute);
  return {
    from: new Date(start - 45 * minute),
    to: new Date(to),
  };
}
