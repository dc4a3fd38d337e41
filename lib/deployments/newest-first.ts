/** A queue of nodes that gives the one of the highest generation first (a binary heap). */
export class NewestFirst {
  readonly #nodes: number[] = [];

  constructor(private readonly generationOf: (node: number) => number) {}

  push(node: number): void {
    const nodes = this.#nodes;
    let place = nodes.push(node) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#before(place, above)) return;
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
      let newest = place;
      if (left < nodes.length && this.#before(left, newest)) newest = left;
      if (right < nodes.length && this.#before(right, newest)) newest = right;
      if (newest === place) return first;
      this.#swap(place, newest);
      place = newest;
    }
  }

  // Equal generations leave in the order they were first heard of, so that results repeat.
  #before(a: number, b: number): boolean {
    const [left = 0, right = 0] = [this.#nodes[a], this.#nodes[b]];
    const difference = this.generationOf(left) - this.generationOf(right);
    return difference > 0 || (difference === 0 && left < right);
  }

  #swap(a: number, b: number): void {
    const [left = 0, right = 0] = [this.#nodes[a], this.#nodes[b]];
    this.#nodes[a] = right;
    this.#nodes[b] = left;
  }
}
