import type { KnownHistory } from "@/lib/deployments/known-histories";
import type { ChangeGraph, KnownChange } from "@/lib/deployments/types";

/** What a computation asked for and did not find. */
export interface Wanted {
  repository: string;
  /** Where it is kept once it is read. */
  known: KnownHistory;
  /** Whose parents are wanted. */
  revisions: readonly string[];
  /** Of which all is wanted that is known of the commit. */
  changes: readonly string[];
}

interface Part {
  known: KnownHistory;
  wantedRevisions: Set<string>;
  wantedChanges: Set<string>;
}

/** A graph of which a part is loaded, by whomever; what else it is asked for it notes. */
export class PartialGraph implements ChangeGraph {
  readonly #parts: ReadonlyMap<string, Part>;

  constructor(
    histories: ReadonlyMap<string, KnownHistory>,
    private readonly concernsService: (repository: string, paths: readonly string[]) => boolean,
  ) {
    this.#parts = new Map([...histories].map(([repository, known]) => [repository, partOf(known)]));
  }

  parents(repository: string, revision: string): readonly string[] | null {
    this.lacks(repository, [revision]);
    return this.#parts.get(repository)?.known.parents.get(revision) ?? null;
  }

  change(repository: string, revision: string): KnownChange | null {
    const part = this.#parts.get(repository);
    const known = part?.known.changes.get(revision);
    if (known === undefined) part?.wantedChanges.add(revision);
    return known ?? null;
  }

  concerns(repository: string, revision: string): boolean | null {
    const paths = this.change(repository, revision)?.paths;
    return paths ? this.concernsService(repository, paths) : null;
  }

  /** What nothing known leads to or from stands above all, where no walk finds it. */
  height(repository: string, revision: string): number {
    return this.#parts.get(repository)?.known.heights.get(revision) ?? Number.POSITIVE_INFINITY;
  }

  lacks(repository: string, revisions: readonly string[]): boolean {
    const part = this.#parts.get(repository);
    if (!part) return false;
    const missing = revisions.filter((revision) => !part.known.parents.has(revision));
    for (const revision of missing) part.wantedRevisions.add(revision);
    return missing.length > 0;
  }

  /** Asks for the ancestry of these beforehand, */
  expectAncestry(expected: readonly { repository: string; revision: string }[]): void {
    for (const { repository, revision } of expected) this.lacks(repository, [revision]);
  }

  /** and for what is known of every commit whose parents are. */
  expectChanges(): void {
    for (const { known, wantedChanges } of this.#parts.values())
      for (const [revision, parents] of known.parents)
        if (parents && !known.changes.has(revision)) wantedChanges.add(revision);
  }

  /** What was missing since it was asked last. */
  takeWanted(): Wanted[] {
    return [...this.#parts].flatMap(([repository, { known, wantedRevisions, wantedChanges }]) => {
      const revisions = [...wantedRevisions];
      const changes = [...wantedChanges];
      wantedRevisions.clear();
      wantedChanges.clear();
      const isNothing = revisions.length + changes.length === 0;
      return isNothing ? [] : [{ repository, known, revisions, changes }];
    });
  }
}

function partOf(known: KnownHistory): Part {
  return { known, wantedRevisions: new Set(), wantedChanges: new Set() };
}
