import { NewestFirst } from "./newest-first";
import type { ChangeGraph } from "./types";

/** How two revisions of one repository stand to each other. */
export interface Comparison {
  /** Of `to`, seen from `from`. "apart" is diverged or unknown. */
  relation: "newer" | "older" | "apart";
  /** Reachable from `to` and not from `from`, newest first; null where a path back is unknown. */
  added: string[] | null;
  /** Reachable from `from` and not from `to`, as far as it was seen, newest first. */
  removed: string[];
  /** False where a path back from `from` is unknown, so that `removed` may be short. */
  removedKnown: boolean;
}

const ofFrom = 1;
const ofTo = 2;
const ofBoth = 3;
/** Beyond this many commits a walk says unknown. */
export const walkLimit = 20_000;

/**
 * The known commits of one repository, numbered as they are met. Every commit
 * gets a generation above its known parents' (1 where none is known), so that
 * walks by falling generation are exact whatever the commits' dates.
 */
export class CommitGraph {
  readonly #numbers = new Map<string, number>();
  readonly #revisions: string[] = [];
  readonly #parents: (readonly number[] | null)[] = [];
  /** 0 unseen, -1 being loaded. */
  readonly #generations: number[] = [];
  readonly #isParent: boolean[] = [];

  constructor(
    private readonly repository: string,
    private readonly graph: ChangeGraph,
  ) {}

  /**
   * What lies between two revisions: a walk from both, each commit painted by
   * the sides it is reachable from, until all that is left is of both. A set is
   * known only if every path back ends in the other revision's history.
   */
  compare(from: string, to: string): Comparison {
    const start = this.#load(from);
    const end = this.#load(to);
    const result: Comparison = { relation: "apart", added: [], removed: [], removedKnown: true };
    if (start === end) return result;
    if (this.#isIsland(start) || this.#isIsland(end)) {
      return { relation: "apart", added: null, removed: [], removedKnown: false };
    }

    const paint = new Map([
      [start, ofFrom],
      [end, ofTo],
    ]);
    const queue = new NewestFirst((node) => this.#generations[node] ?? 0);
    queue.push(start);
    queue.push(end);
    let oneSided = 2;
    let addedKnown = true;
    for (let node = queue.pop(); node !== undefined && oneSided > 0; node = queue.pop()) {
      const colour = paint.get(node) ?? 0;
      const parents = this.#parents[node] ?? [];
      if (colour !== ofBoth) {
        oneSided -= 1;
        const revision = this.#revisions[node] ?? "";
        (colour === ofTo ? result.added : result.removed)?.push(revision);
        // A root here lies outside the other's history just as an unknown parent does.
        if (parents.length === 0 && colour === ofTo) addedKnown = false;
        if (parents.length === 0 && colour === ofFrom) result.removedKnown = false;
      }
      for (const parent of parents) {
        const before = paint.get(parent);
        const after = (before ?? 0) | colour;
        if (before === after) continue;
        paint.set(parent, after);
        if (before === undefined) queue.push(parent);
        if (before === undefined && after !== ofBoth) oneSided += 1;
        if (before !== undefined && after === ofBoth) oneSided -= 1;
      }
      if (paint.size > walkLimit) {
        addedKnown = false;
        result.removedKnown = false;
        break;
      }
    }

    const newer = paint.get(start) === ofBoth;
    const older = paint.get(end) === ofBoth;
    if (newer !== older) result.relation = newer ? "newer" : "older";
    if (!addedKnown) result.added = null;
    return result;
  }

  /** A revision that nothing known leads to or from cannot be found by any walk. */
  #isIsland(node: number): boolean {
    return this.#parents[node] === null && !this.#isParent[node];
  }

  /** Numbers a revision and all its known history, parents before children, without recursion. */
  #load(revision: string): number {
    const root = this.#number(revision);
    const waiting = [root];
    for (let node = waiting.at(-1); node !== undefined; node = waiting.at(-1)) {
      if (this.#generations[node] === 0) {
        this.#generations[node] = -1;
        const parents = this.graph.parents(this.repository, this.#revisions[node] ?? "");
        const numbers = parents === null ? null : parents.map((parent) => this.#number(parent));
        this.#parents[node] = numbers;
        for (const parent of numbers ?? []) {
          this.#isParent[parent] = true;
          if (this.#generations[parent] === 0) waiting.push(parent);
        }
        continue;
      }
      waiting.pop();
      if (this.#generations[node] !== -1) continue;
      // A parent still being loaded closes a cycle, which no real history has; it is passed over.
      const above = (this.#parents[node] ?? []).map((parent) => this.#generations[parent] ?? 0);
      this.#generations[node] = 1 + above.reduce((highest, own) => Math.max(highest, own), 0);
    }
    return root;
  }

  #number(revision: string): number {
    const known = this.#numbers.get(revision);
    if (known !== undefined) return known;
    const number = this.#revisions.push(revision) - 1;
    this.#numbers.set(revision, number);
    this.#parents.push(null);
    this.#generations.push(0);
    this.#isParent.push(false);
    return number;
  }
}
