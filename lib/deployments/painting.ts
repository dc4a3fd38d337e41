import { HighestFirst } from "./highest-first";

const ofFrom = 1;
const ofTo = 2;
const ofBoth = 3;

/**
 * A walk from two commits by falling height, each commit painted by the sides it
 * is reachable from, until what is left can only be of both. Heights need not
 * rise from parent to child, only never fall: commits of one height may still
 * repaint each other, so that even histories that go in a ring come out right.
 */
export class Painting {
  readonly #colours = new Map<number, number>();
  readonly #queue: HighestFirst;
  readonly #queued = new Set<number>();
  /** How many wait, by colour. */
  readonly #waiting = [0, 0, 0, 0];
  /** How many are painted, by colour. */
  readonly #painted = [0, 0, 0, 0];
  /** The lowest height painted, by the one colour or the other. */
  readonly #lowest = [0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  #lowestOneSided = Number.POSITIVE_INFINITY;

  constructor(
    private readonly heightOf: (node: number) => number,
    /** Beyond so many one-sided commits the walk ends. */
    private readonly oneSidedAtMost: number,
  ) {
    this.#queue = new HighestFirst(heightOf);
  }

  begin(from: number, to: number): void {
    this.#paint(from, ofFrom);
    this.#paint(to, ofTo);
  }

  /** The commit to spread from next; undefined where nothing can change any more. */
  next(): number | undefined {
    const top = this.#queue.peek();
    if (top === undefined) return undefined;
    const height = this.heightOf(top);
    if (this.#isDecided(height) || this.#neverMeet(height) || this.#areTooMany(height))
      return undefined;
    this.#queue.pop();
    this.#queued.delete(top);
    const colour = this.#colours.get(top) ?? 0;
    this.#count(this.#waiting, colour, -1);
    if (colour !== ofBoth) this.#lowestOneSided = height;
    return top;
  }

  spread(node: number, parents: readonly number[]): void {
    const colour = this.#colours.get(node) ?? 0;
    for (const parent of parents) this.#paint(parent, colour);
  }

  /** Those of one side that still wait. */
  undecided(): number[] {
    return [...this.#queued].filter((node) => this.#colours.get(node) !== ofBoth);
  }

  isOfBoth(node: number): boolean {
    return this.#colours.get(node) === ofBoth;
  }

  /** Whether the two histories meet nowhere, as far as they are known. */
  get areApart(): boolean {
    return this.#painted[ofBoth] === 0;
  }

  sides(): { added: number[]; removed: number[] } {
    const added: number[] = [];
    const removed: number[] = [];
    for (const [node, colour] of this.#colours)
      if (colour !== ofBoth) (colour === ofTo ? added : removed).push(node);
    return { added, removed };
  }

  #paint(node: number, colour: number): void {
    const before = this.#colours.get(node) ?? 0;
    const after = before | colour;
    if (before === after) return;
    const height = this.heightOf(node);
    for (const side of [ofFrom, ofTo])
      if (after & side) this.#lowest[side] = Math.min(this.#lowest[side] ?? height, height);
    this.#colours.set(node, after);
    if (before !== 0) this.#count(this.#painted, before, -1);
    this.#count(this.#painted, after, 1);
    if (this.#queued.has(node)) this.#count(this.#waiting, before, -1);
    else {
      this.#queue.push(node);
      this.#queued.add(node);
    }
    this.#count(this.#waiting, after, 1);
  }

  /** All that waits is of both, and lies too low to lead to a commit of one side. */
  #isDecided(height: number): boolean {
    return this.#countOf(ofFrom) + this.#countOf(ofTo) === 0 && height < this.#lowestOneSided;
  }

  /** One side has come to its end, and the other is below all of it without having met it. */
  #neverMeet(height: number): boolean {
    const isPast = (side: number) =>
      this.#countOf(side) === 0 && height < (this.#lowest[side] ?? height);
    return this.areApart && (isPast(ofFrom) || isPast(ofTo));
  }

  /** Those of one side that lie higher than everything that waits will stay so. */
  #areTooMany(height: number): boolean {
    if (height >= this.#lowestOneSided) return false;
    const painted = (this.#painted[ofFrom] ?? 0) + (this.#painted[ofTo] ?? 0);
    return painted - this.#countOf(ofFrom) - this.#countOf(ofTo) > this.oneSidedAtMost;
  }

  #countOf(colour: number): number {
    return this.#waiting[colour] ?? 0;
  }

  #count(counts: number[], colour: number, change: number): void {
    counts[colour] = (counts[colour] ?? 0) + change;
  }
}
