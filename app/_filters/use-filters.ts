"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";

/** Filters of a list, kept in the address under their own names; null is "any". */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const parsers = useMemo(
    (): Record<string, typeof parseAsString> =>
      Object.fromEntries(names.map((name) => [name, parseAsString])),
    [names],
  );
  const [values, set] = useQueryStates(parsers, { history: "push" });
  return {
    value: (name: Name): string | null => values[name] ?? null,
    choose: (name: Name, value: string | null) => void set({ [name]: value }),
    chooseAll: (changes: Partial<Record<Name, string | null>>) => void set(changes),
    clear: () => void set(null),
    /** As parameters of the same question to the API. */
    search: Object.fromEntries(names.map((name) => [name, values[name] ?? undefined])),
    any: names.some((name) => values[name] !== null && values[name] !== undefined),
  };
}
