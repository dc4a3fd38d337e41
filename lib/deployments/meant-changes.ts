import type { Whole } from "@/lib/deployments/read-wholes";

interface Named {
  kind: string;
  id: string;
}

/**
 * What a person said of changes, by the ids that these have now: a deployment's own,
 * whichever of its reports was named; each once. Two reports, one confirmed and one
 * rejected, may be of one by now: then the confirmation stands.
 */
export function meantChanges<Change extends Named>(
  { changes, rejected }: { changes: readonly Change[]; rejected: readonly Change[] },
  wholes: ReadonlyMap<string, Whole>,
): { changes: Change[]; rejected: Change[] } {
  const named = changes.map(({ id }) => id);
  const confirmed = named.map((id) => meantId(id, wholes));
  const left = rejected.filter(
    ({ id }) => named.includes(id) || !confirmed.includes(meantId(id, wholes)),
  );
  return { changes: meant(changes, wholes), rejected: meant(left, wholes) };
}

/** The same changes, or suspects, by the ids that they have now; of those that are one by now the first. */
export function meant<Change extends { kind: string; id: string | null }>(
  changes: readonly Change[],
  wholes: ReadonlyMap<string, Whole>,
): Change[] {
  const found = new Map<string, Change>();
  for (const change of changes) {
    const id = change.id === null ? null : meantId(change.id, wholes);
    const name = `${change.kind} ${id}`;
    if (!found.has(name)) found.set(name, { ...change, id });
  }
  return [...found.values()];
}

/** Of a release, or of what is not known, the id itself. */
export function meantId(id: string, wholes: ReadonlyMap<string, Whole>): string {
  return wholes.get(id)?.deployment ?? id;
}
