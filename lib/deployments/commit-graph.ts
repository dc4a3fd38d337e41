import { childrenFirst } from "./children-first";
import { Painting } from "./painting";
import type { ChangeGraph } from "./types";

/** How two revisions of one repository stand to each other. */
export interface Comparison {
  /** Of `to`, seen from `from`. "apart" is diverged or unknown. */
  relation: "newer" | "older" | "apart";
  /** Reachable from `to` and not from `from`, children first; null where a path back is unknown. */
  added: string[] | null;
  /** Reachable from `from` and not from `to`, as far as it is known, children first. */
  removed: string[];
  /** False where a path back from `from` is unknown, so that `removed` may be short. */
  removedKnown: boolean;
}

/** With more commits than this between two revisions nothing is said of them. */
export const walkLimit = 20_000;

const unknown: Comparison = { relation: "apart", added: null, removed: [], removedKnown: false };
const same: Comparison = { relation: "apart", added: [], removed: [], removedKnown: true };

/** The commits of one repository, numbered as they are met. */
export class CommitGraph {
  readonly #numbers = new Map<string, number>();
  readonly #revisions: string[] = [];
  readonly #parents: (readonly number[] | null | undefined)[] = [];
  readonly #heights: number[] = [];
  readonly #compared = new Map<string, Comparison>();

  constructor(
    private readonly repository: string,
    private readonly graph: ChangeGraph,
  ) {}

  /**
   * What lies between two revisions: which commits are in the one's history and
   * not in the other's. A set is known only if every path back ends in the other
   * revision's history. Nothing is said of histories that are not known to meet,
   * nor where more than `walkLimit` commits lie between. A function of the graph
   * alone, whatever was compared before.
   */
  compare(from: string, to: string): Comparison {
    if (from === to) return same;
    const pair = `${from} ${to}`;
    const known = this.#compared.get(pair);
    if (known) return known;
    const comparison = this.#walk(from, to);
    this.#compared.set(pair, comparison);
    return comparison;
  }

  #walk(from: string, to: string): Comparison {
    if (this.graph.lacks?.(this.repository, [from, to])) return unknown;
    const [start, end] = [this.#number(from), this.#number(to)];
    const painting = new Painting((node) => this.#heights[node] ?? 0, walkLimit);
    painting.begin(start, end);
    for (let node = painting.next(); node !== undefined; node = painting.next()) {
      const parents = this.#parentsOf(node);
      if (parents === undefined) {
        this.#ask([node, ...painting.undecided()]);
        return unknown;
      }
      painting.spread(node, parents ?? []);
    }
    const { added, removed } = painting.sides();
    if (painting.areApart || added.length + removed.length > walkLimit) return unknown;
    const [newer, older] = [painting.isOfBoth(start), painting.isOfBoth(end)];
    const gain = childrenFirst(end, added, (node) => this.#parents[node] ?? []);
    const loss = childrenFirst(start, removed, (node) => this.#parents[node] ?? []);
    return {
      relation: newer === older ? "apart" : newer ? "newer" : "older",
      added: gain.isWhole && this.#leadsOn(added) ? this.#name(gain.ordered) : null,
      removed: this.#name(loss.ordered),
      removedKnown: loss.isWhole && this.#leadsOn(removed),
    };
  }

  /** Whether none of one side's commits is an end: a root there lies outside the other's history. */
  #leadsOn(nodes: readonly number[]): boolean {
    return nodes.every((node) => (this.#parents[node] ?? []).length > 0);
  }

  /** Null where nothing is known of them, undefined where they are not loaded. */
  #parentsOf(node: number): readonly number[] | null | undefined {
    const known = this.#parents[node];
    if (known !== undefined) return known;
    const revision = this.#revisions[node] ?? "";
    if (this.graph.lacks?.(this.repository, [revision])) return undefined;
    const names = this.graph.parents(this.repository, revision);
    const parents = names && [...new Set(names)].map((name) => this.#number(name));
    this.#parents[node] = parents;
    return parents;
  }

  #ask(nodes: readonly number[]): void {
    this.graph.lacks?.(this.repository, this.#name(nodes));
  }

  #name(nodes: readonly number[]): string[] {
    return nodes.map((node) => this.#revisions[node] ?? "");
  }

  #number(revision: string): number {
    const known = this.#numbers.get(revision);
    if (known !== undefined) return known;
    const number = this.#revisions.push(revision) - 1;
    this.#numbers.set(revision, number);
    this.#parents.push(undefined);
    // Where no order is known all are of one height, and a walk goes through everything.
    this.#heights.push(this.graph.height?.(this.repository, revision) ?? 0);
    return number;
  }
}
