import type { Search } from "@/app/_query/address";
import { indicatorNames } from "@/app/_slos/naming";
import { readObjectiveId } from "@/lib/slo/objective";

/** The list's question whose answer holds this objective; of a wrong id, one that holds nothing. */
export function questionOf(id: string): Search {
  const named = readObjectiveId(id);
  if (!named) return { indicator: "none" };
  const { indicator, scope } = named;
  return scope.kind === "all" ? { indicator } : { indicator, [scope.kind]: scope.name };
}

export function objectiveTitle(id: string): string {
  const named = readObjectiveId(id);
  if (!named) return "Unknown objective";
  const name = indicatorNames[named.indicator];
  return named.scope.kind === "all" ? name : `${name} of ${named.scope.name}`;
}

export const spentQuestion = { good: false, limit: 50 };
