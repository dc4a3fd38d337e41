import { Problem } from "@/lib/http/problem";

/**
 * Every question about a time asks from an earlier moment to a later one; swapped, the
 * answer would be an empty list that looks like "nothing happened". Throws `invalid_field`.
 */
export function refuseBackwardWindow(query: unknown): void {
  const { from, to } = (query ?? {}) as { from?: unknown; to?: unknown };
  if (!(from instanceof Date) || !(to instanceof Date) || from <= to) return;
  throw new Problem("invalid_field", "The window ends before it begins.", {
    field: "to",
    expected: "a time after from",
  });
}
