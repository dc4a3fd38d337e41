import type { Ancestry } from "@/lib/deployments/read-ancestry";
import type { KnownChange } from "@/lib/deployments/types";

/** What has been read of one repository's commits, true of it whoever asked. */
export class KnownHistory {
  /** Null where nothing is known of a revision's parents. */
  readonly parents = new Map<string, readonly string[] | null>();
  readonly heights = new Map<string, number>();
  /** Null where nothing is known of a commit. */
  readonly changes = new Map<string, KnownChange | null>();
  #last: Promise<unknown> = Promise.resolve();

  /** Takes in what was read; of those asked for that are not there nothing is known. */
  addAncestry(asked: readonly string[], read: Ancestry): void {
    for (const [revision, height] of read.heights) this.heights.set(revision, height);
    for (const [revision, parents] of read.parents) this.parents.set(revision, parents);
    for (const revision of asked) if (!this.parents.has(revision)) this.parents.set(revision, null);
  }

  addChanges(asked: readonly string[], read: readonly KnownChange[]): void {
    for (const revision of asked) this.changes.set(revision, null);
    for (const change of read) this.changes.set(change.revision, change);
  }

  /** One reads at a time, so that what two want is read once. */
  inTurn<Result>(read: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(read);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/**
 * What has been read of several repositories, for as long as nothing new is told of
 * them: within one answer, or while a rebuild derives. Those used last are kept.
 */
export class KnownHistories {
  readonly #byRepository = new Map<string, KnownHistory>();

  constructor(
    /** Of all repositories together. */
    private readonly commitsAtMost = Number.POSITIVE_INFINITY,
    /** Reads what is bound to be asked for of a repository, when it is used first. */
    private readonly prepare?: (repository: string, known: KnownHistory) => Promise<void>,
  ) {}

  async of(repository: string): Promise<KnownHistory> {
    const before = this.#byRepository.get(repository);
    const known = before ?? new KnownHistory();
    this.#byRepository.delete(repository);
    this.#byRepository.set(repository, known);
    await known.inTurn(async () => {
      if (!before) await this.prepare?.(repository, known);
    });
    this.#forget();
    return known;
  }

  /** Whoever still uses one that is forgotten goes on with it. */
  #forget(): void {
    let room = this.commitsAtMost;
    for (const [repository, { parents }] of [...this.#byRepository].reverse()) {
      if (parents.size > room) this.#byRepository.delete(repository);
      else room -= parents.size;
    }
  }
}
