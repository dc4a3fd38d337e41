import { type Change, type ChangeSet, identityOf } from "./change-set";
import type { Asked } from "./past";
import { type RevertMessage, titleOf } from "./revert-message";

/** Something that ran here: a change or a merge, and the deployments that brought it. */
export interface ShippedChange {
  repository: string;
  revision: string;
  title: string | null;
  /** Places in the line of completed deployments, the last one last; none for what came with the first. */
  broughtBy: readonly number[];
}

/** A change or a merge that ran here, as it is entered. */
export type Entry = Pick<ShippedChange, "repository" | "revision" | "title"> & {
  /** Null for a merge. */
  identity: string | null;
  pullRequest: number | null;
};

/** What goes by a title or a number; of the past's there may be later ones than were looked up. */
interface Named {
  revision: string;
  isEarlier: boolean;
}

/** What has run in a stream so far, found by commit, by title and by pull request. */
export class Shipped {
  readonly #identities = new Set<string>();
  readonly #byRevision = new Map<string, ShippedChange>();
  readonly #byPrefix = new Map<string, string[]>();
  readonly #byTitle = new Map<string, Named>();
  readonly #byPullRequest = new Map<string, Named>();

  constructor(private readonly asked: Asked) {}

  has({ identity, repository }: Change): boolean {
    if (this.#identities.has(identity)) return true;
    const revision = identity.slice(repository.length + 1);
    this.asked.originals.set(identity, { repository, revision });
    return false;
  }

  /** Records what a deployment brought; null for what came with the first. */
  add(set: ChangeSet, repository: string, broughtBy: number | null): void {
    // Of two that share a title or a pull request the same one is found, in whatever order they came.
    for (const change of [...set.changes].sort((a, b) => (a.revision < b.revision ? -1 : 1))) {
      this.enter(entryOf(change), broughtBy);
    }
    for (const revision of set.merges) this.enter(mergeEntry(repository, revision), broughtBy);
  }

  enter(entry: Entry, broughtBy: number | null, isEarlier = false): void {
    const { repository, revision, title, identity, pullRequest } = entry;
    if (identity !== null) this.#identities.add(identity);
    if (title !== null) this.#byTitle.set(`${repository}@${title}`, { revision, isEarlier });
    if (pullRequest !== null) {
      this.#byPullRequest.set(`${repository}#${pullRequest}`, { revision, isEarlier });
    }
    const key = identityOf(repository, revision);
    const before = this.#byRevision.get(key);
    const places = [before?.broughtBy ?? [], broughtBy ?? []].flat();
    this.#byRevision.set(key, { repository, revision, title, broughtBy: places });
    if (before) return;
    const prefix = identityOf(repository, revision.slice(0, 7));
    const revisions = this.#byPrefix.get(prefix);
    if (revisions) revisions.push(revision);
    else this.#byPrefix.set(prefix, [revision]);
  }

  /** What a revert undoes among all that ran here: by commit, else by pull request, else by title. */
  undoneBy({ revisions, pullRequest, title }: RevertMessage, repository: string): ShippedChange[] {
    const named = revisions.flatMap((revision) => this.#find(repository, revision) ?? []);
    if (named.length > 0) return named;
    const revision = this.#merged(repository, pullRequest) ?? this.#titled(repository, title);
    return revision === undefined ? [] : [this.#find(repository, revision) ?? []].flat();
  }

  #merged(repository: string, number: number | null): string | undefined {
    if (number === null) return undefined;
    const name = `${repository}#${number}`;
    const found = this.#byPullRequest.get(name);
    if (!found || found.isEarlier) this.asked.pullRequests.set(name, { repository, number });
    return found?.revision;
  }

  #titled(repository: string, title: string | null): string | undefined {
    if (title === null) return undefined;
    const name = `${repository}@${title}`;
    const found = this.#byTitle.get(name);
    if (!found || found.isEarlier) this.asked.titles.set(name, { repository, title });
    return found?.revision;
  }

  #find(repository: string, revision: string): ShippedChange | undefined {
    const key = identityOf(repository, revision);
    this.asked.revisions.set(key, { repository, revision });
    const exact = this.#byRevision.get(key);
    if (exact) return exact;
    const [full] = (this.#byPrefix.get(identityOf(repository, revision.slice(0, 7))) ?? [])
      .filter((candidate) => candidate.startsWith(revision))
      .sort();
    return full === undefined ? undefined : this.#byRevision.get(identityOf(repository, full));
  }
}

/** How a change is entered among what ran here. */
export function entryOf({
  repository,
  revision,
  message,
  identity,
  pullRequest,
}: Pick<Change, "repository" | "revision" | "message" | "identity" | "pullRequest">): Entry {
  return {
    repository,
    revision,
    title: message === null ? null : titleOf(message),
    identity,
    pullRequest: pullRequest?.number ?? null,
  };
}

export function mergeEntry(repository: string, revision: string): Entry {
  return { repository, revision, title: null, identity: null, pullRequest: null };
}
