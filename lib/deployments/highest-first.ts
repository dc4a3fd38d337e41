/** A queue of nodes that gives one of the greatest height first (a binary heap). */
export class HighestFirst {
  readonly #nodes: number[] = [];

  constructor(private readonly heightOf: (node: number) => number) {}

  peek(): number | undefined {
    return this.#nodes[0];
  }

  push(node: number): void {
    const nodes = this.#nodes;
    let place = nodes.push(node) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#isHigher(place, above)) return;
      this.#swap(place, above);
      place = above;
    }
  }

  pop(): number | undefined {
    const nodes = this.#nodes;
    const first = nodes[0];
    const last = nodes.pop();
    if (last === undefined || nodes.length === 0) return first;
    nodes[0] = last;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const right = left + 1;
      let highest = place;
      if (left < nodes.length && this.#isHigher(left, highest)) highest = left;
      if (right < nodes.length && this.#isHigher(right, highest)) highest = right;
      if (highest === place) return first;
      this.#swap(place, highest);
      place = highest;
    }
  }

  #isHigher(a: number, b: number): boolean {
    return this.heightOf(this.#nodes[a] ?? 0) > this.heightOf(this.#nodes[b] ?? 0);
  }

  #swap(a: number, b: number): void {
    const [left = 0, right = 0] = [this.#nodes[a], this.#nodes[b]];
    this.#nodes[a] = right;
    this.#nodes[b] = left;
  }
}
