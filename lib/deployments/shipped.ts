import { type Change, type ChangeSet, identityOf } from "./change-set";
import { type RevertMessage, titleOf } from "./revert-message";

/** Something that ran here: a change or a merge, and the deployments that brought it. */
export interface ShippedChange {
  repository: string;
  revision: string;
  title: string | null;
  /** Places in the line of completed deployments, the last one last; none for what came with the first. */
  broughtBy: readonly number[];
}

/** What has run in a stream so far, found by commit, by title and by pull request. */
export class Shipped {
  readonly #byIdentity = new Map<string, ShippedChange>();
  readonly #byRevision = new Map<string, ShippedChange>();
  readonly #byPrefix = new Map<string, string[]>();
  readonly #byTitle = new Map<string, ShippedChange>();
  readonly #byPullRequest = new Map<string, ShippedChange>();

  has(change: Change): boolean {
    return this.#byIdentity.has(change.identity);
  }

  /** Records what a deployment brought; null for what came with the first. */
  add(set: ChangeSet, repository: string, broughtBy: number | null): void {
    for (const change of set.changes) {
      const title = change.message === null ? null : titleOf(change.message);
      const entry = this.#enter(repository, change.revision, title, broughtBy);
      this.#byIdentity.set(change.identity, entry);
      if (title !== null) this.#byTitle.set(`${repository}@${title}`, entry);
      if (change.pullRequest) {
        this.#byPullRequest.set(`${repository}#${change.pullRequest.number}`, entry);
      }
    }
    for (const revision of set.merges) this.#enter(repository, revision, null, broughtBy);
  }

  /** What a revert undoes among all that ran here: by commit, else by pull request, else by title. */
  undoneBy(revert: RevertMessage, repository: string): ShippedChange[] {
    const named = revert.revisions.flatMap((revision) => this.#find(repository, revision) ?? []);
    if (named.length > 0) return named;
    const found =
      (revert.pullRequest !== null &&
        this.#byPullRequest.get(`${repository}#${revert.pullRequest}`)) ||
      (revert.title !== null && this.#byTitle.get(`${repository}@${revert.title}`));
    return found ? [found] : [];
  }

  #enter(
    repository: string,
    revision: string,
    title: string | null,
    broughtBy: number | null,
  ): ShippedChange {
    const key = identityOf(repository, revision);
    const before = this.#byRevision.get(key);
    const places = [before?.broughtBy ?? [], broughtBy ?? []].flat();
    const entry = { repository, revision, title, broughtBy: places };
    if (!before) {
      const prefix = identityOf(repository, revision.slice(0, 7));
      const revisions = this.#byPrefix.get(prefix);
      if (revisions) revisions.push(revision);
      else this.#byPrefix.set(prefix, [revision]);
    }
    this.#byRevision.set(key, entry);
    return entry;
  }

  #find(repository: string, revision: string): ShippedChange | undefined {
    const exact = this.#byRevision.get(identityOf(repository, revision));
    if (exact) return exact;
    const full = this.#byPrefix
      .get(identityOf(repository, revision.slice(0, 7)))
      ?.find((candidate) => candidate.startsWith(revision));
    return full === undefined ? undefined : this.#byRevision.get(identityOf(repository, full));
  }
}
