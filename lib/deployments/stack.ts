/** One revision in effect, and the deployment that brought it. */
interface Layer<Code> {
  code: Code;
  place: number;
}

/**
 * The revisions in effect, oldest below: what each deployment put on top of the
 * one before. A rollback takes off whatever lies above its target.
 */
export class Stack<Code> {
  readonly #layers: Layer<Code>[] = [];

  /** `onBottom` is told whenever somebody looks below the lowest layer. */
  constructor(private readonly onBottom: () => void = () => undefined) {}

  put(code: Code, place: number): void {
    this.#layers.push({ code, place });
  }

  /** Takes layers off until one stays; gives the places of those taken, oldest first. */
  takeUntil(stays: (layer: Layer<Code>) => boolean): number[] {
    const taken: number[] = [];
    for (let top = this.top; top && !stays(top); top = this.top) {
      taken.unshift(top.place);
      this.#layers.pop();
    }
    return taken;
  }

  get top(): Layer<Code> | undefined {
    const top = this.#layers.at(-1);
    if (!top) this.onBottom();
    return top;
  }
}
