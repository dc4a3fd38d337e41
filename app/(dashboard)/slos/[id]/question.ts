import type { Search } from "@/app/_query/address";
import { indicatorNames } from "@/app/_slos/naming";
import type { SloAnswer } from "@/lib/http/slo-answers";
import { readObjectiveId } from "@/lib/slo/objective";

/** The list's question whose answer holds this objective; of a wrong id, one that holds nothing. */
export function questionOf(id: string, at: string | null): Search {
  const named = readObjectiveId(id);
  if (!named) return { indicator: "none" };
  const { indicator, scope } = named;
  return scope.kind === "all" ? { indicator, at } : { indicator, [scope.kind]: scope.name, at };
}

export function objectiveTitle(id: string): string {
  const named = readObjectiveId(id);
  if (!named) return "Unknown objective";
  const name = indicatorNames[named.indicator];
  return named.scope.kind === "all" ? name : `${name} of ${named.scope.name}`;
}

export const rowChoices = ["bad", "good", "all"] as const;
export type Rows = (typeof rowChoices)[number];

/** Which events the address asks for: which of them, and of which part of the window. */
export interface EventsShown {
  rows: Rows;
  /** The last so many seconds of it. */
  last: number | null;
  /** A day of it, UTC, as 2026-03-20. */
  day: string | null;
  /** The moment as of which the page is read; null: now. */
  at: string | null;
}

export const shownNames = ["rows", "last", "day", "at"] as const;

export function readShown(
  value: (name: (typeof shownNames)[number]) => string | null,
): EventsShown {
  const last = Number(value("last"));
  const day = value("day");
  return {
    rows: rowChoices.find((choice) => choice === value("rows")) ?? "bad",
    last: Number.isFinite(last) && last > 0 ? last : null,
    day: day !== null && !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? day : null,
    at: value("at"),
  };
}

const good: Record<Rows, boolean | undefined> = { bad: false, good: true, all: undefined };
const dayMilliseconds = 86_400_000;

/** Those events as the API is asked for them; a part of the window is one of the answer's own. */
export function eventsQuestion(
  { rows, last, day, at }: EventsShown,
  { to }: Pick<SloAnswer, "to"> | { to: null },
): Search {
  const whole = { good: good[rows], at };
  if (to === null) return whole;
  const end = Date.parse(to);
  const part = (from: number, until: number) => ({
    ...whole,
    at: to,
    from: new Date(from).toISOString(),
    to: new Date(until).toISOString(),
  });
  if (last !== null) return part(end - last * 1000, end);
  const start = day === null ? null : Date.parse(`${day}T00:00:00Z`);
  return start === null ? whole : part(start, Math.min(start + dayMilliseconds, end));
}
