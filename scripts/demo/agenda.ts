/**
 * Something that takes time, written downward: it yields the moment (epoch
 * milliseconds) at which it wants to go on. A moment in the past means now.
 */
export type Story<Result = void> = Generator<number, Result, void>;

interface Entry {
  at: number;
  order: number;
  story: Story<unknown>;
}

/** Runs stories in the order of their moments; equal moments keep the order they were asked in. */
export class Agenda {
  now: number;
  private order = 0;
  private readonly heap: Entry[] = [];

  constructor(now: number) {
    this.now = now;
  }

  /** The story's first lines run at `at`. */
  start(story: Story<unknown>, at = this.now): void {
    this.push({ at: Math.max(at, this.now), order: this.order++, story });
  }

  /** Runs everything due up to and at `until`; what is due later waits for the next call. */
  advance(until: number): void {
    for (let next = this.heap[0]; next && next.at <= until; next = this.heap[0]) {
      this.pop();
      this.now = next.at;
      const step = next.story.next();
      if (!step.done) this.start(next.story, step.value);
    }
    this.now = until;
  }

  private push(entry: Entry): void {
    const heap = this.heap;
    heap.push(entry);
    for (let child = heap.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!before(heap, child, parent)) break;
      swap(heap, child, parent);
      child = parent;
    }
  }

  private pop(): void {
    const heap = this.heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let parent = 0; ; ) {
      let least = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2])
        if (child < heap.length && before(heap, child, least)) least = child;
      if (least === parent) return;
      swap(heap, parent, least);
      parent = least;
    }
  }
}

function before(heap: Entry[], left: number, right: number): boolean {
  const a = heap[left] as Entry;
  const b = heap[right] as Entry;
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function swap(heap: Entry[], left: number, right: number): void {
  const kept = heap[left] as Entry;
  heap[left] = heap[right] as Entry;
  heap[right] = kept;
}
