import type { ChangeGraph } from "./types";

const pickedFrom = /^\(cherry picked from commit ([0-9a-f]{7,64})\)\s*$/im;

/**
 * The revision that a cherry-pick says it was picked from, followed to its
 * beginning; the revision itself where it says nothing.
 */
export function originalOf(graph: ChangeGraph, repository: string, revision: string): string {
  const seen = new Set<string>();
  let current = revision;
  while (!seen.has(current)) {
    seen.add(current);
    // A pick of a pick carries both lines, the first commit's on top.
    const source = pickedFrom.exec(graph.change(repository, current)?.message ?? "")?.[1];
    if (source === undefined) return current;
    current = source.toLowerCase();
  }
  // Picks that name each other in a ring have no beginning: any one, always the same, stands for all.
  return [...seen].sort()[0] ?? revision;
}
