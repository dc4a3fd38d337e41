import type { Ancestry } from "@/lib/deployments/read-ancestry";
import type { ChangeGraph, KnownChange } from "@/lib/deployments/types";

/** What a computation asked for and did not find, by repository. */
export interface Missing {
  repository: string;
  /** Whose parents are wanted. */
  revisions: string[];
  /** Of which all is wanted that is known of the commit. */
  changes: string[];
}

interface Part {
  parents: Map<string, string[] | null>;
  heights: Map<string, number>;
  changes: Map<string, KnownChange | null>;
  wantedRevisions: Set<string>;
  wantedChanges: Set<string>;
}

/** A graph of which a part is loaded; what else it is asked for it notes. */
export class PartialGraph implements ChangeGraph {
  readonly #parts: ReadonlyMap<string, Part>;

  constructor(
    repositories: readonly string[],
    private readonly concernsService: (repository: string, paths: readonly string[]) => boolean,
  ) {
    this.#parts = new Map(repositories.map((repository) => [repository, emptyPart()]));
  }

  parents(repository: string, revision: string): readonly string[] | null {
    this.lacks(repository, [revision]);
    return this.#parts.get(repository)?.parents.get(revision) ?? null;
  }

  change(repository: string, revision: string): KnownChange | null {
    const part = this.#parts.get(repository);
    const known = part?.changes.get(revision);
    if (known === undefined) part?.wantedChanges.add(revision);
    return known ?? null;
  }

  concerns(repository: string, revision: string): boolean | null {
    const paths = this.change(repository, revision)?.paths;
    return paths ? this.concernsService(repository, paths) : null;
  }

  /** What nothing known leads to or from stands above all, where no walk finds it. */
  height(repository: string, revision: string): number {
    return this.#parts.get(repository)?.heights.get(revision) ?? Number.POSITIVE_INFINITY;
  }

  lacks(repository: string, revisions: readonly string[]): boolean {
    const part = this.#parts.get(repository);
    if (!part) return false;
    const missing = revisions.filter((revision) => !part.parents.has(revision));
    for (const revision of missing) part.wantedRevisions.add(revision);
    return missing.length > 0;
  }

  /** Asks for the ancestry of these beforehand, */
  expectAncestry(expected: readonly { repository: string; revision: string }[]): void {
    for (const { repository, revision } of expected) this.lacks(repository, [revision]);
  }

  /** and for what is known of every commit whose parents are. */
  expectChanges(): void {
    for (const { parents, wantedChanges } of this.#parts.values())
      for (const [revision, known] of parents) if (known) wantedChanges.add(revision);
  }

  /** What was missing since it was asked last. */
  takeMissing(): Missing[] {
    return [...this.#parts].flatMap(([repository, part]) => {
      const revisions = [...part.wantedRevisions];
      const changes = [...part.wantedChanges];
      part.wantedRevisions.clear();
      part.wantedChanges.clear();
      return revisions.length + changes.length > 0 ? [{ repository, revisions, changes }] : [];
    });
  }

  /** Takes in what was read; of those asked for that are not there nothing is known. */
  addAncestry(repository: string, asked: readonly string[], read: Ancestry): void {
    const part = this.#parts.get(repository);
    for (const [revision, height] of read.heights) part?.heights.set(revision, height);
    for (const [revision, parents] of read.parents) part?.parents.set(revision, parents);
    for (const revision of asked)
      if (!part?.parents.has(revision)) part?.parents.set(revision, null);
  }

  addChanges(repository: string, asked: readonly string[], known: readonly KnownChange[]): void {
    const part = this.#parts.get(repository);
    for (const revision of asked) part?.changes.set(revision, null);
    for (const change of known) part?.changes.set(change.revision, change);
  }
}

function emptyPart(): Part {
  return {
    parents: new Map(),
    heights: new Map(),
    changes: new Map(),
    wantedRevisions: new Set(),
    wantedChanges: new Set(),
  };
}
