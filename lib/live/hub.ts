import type { Context } from "@/lib/context";
import { type Position, readBounds, readPositions } from "@/lib/live/read-positions";

const positionsAtOnce = 500;

/** Whoever is told of new positions; each may only move forward. */
export interface Listener {
  /** The last position it was told. */
  position: number;
  tell(positions: readonly Position[]): void;
}

/**
 * Reads each new position once and tells every listener. A newcomer first reads
 * what it missed and joins in the same breath in which that has caught up, so
 * nothing falls between the two.
 */
export class Hub {
  private readonly listeners = new Set<Listener>();
  private newest: number | null = null;
  private reading: Promise<void> | null = null;
  private again = false;

  constructor(private readonly db: Context["db"]) {}

  get size(): number {
    return this.listeners.size;
  }

  /** There may be new positions. Never rejects: what cannot be read now is read at the next call. */
  refresh(): Promise<void> {
    this.again = true;
    this.reading ??= this.read().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  /**
   * Tells the listener what follows `listener.position` and from then on
   * everything; `ready` is awaited between pages, for slow listeners.
   */
  async join(listener: Listener, ready: () => Promise<void>): Promise<void> {
    for (;;) {
      const missed = await readPositions(this.db, listener.position, positionsAtOnce);
      tell(listener, missed);
      // Nothing may be awaited between this comparison and joining.
      if (missed.length < positionsAtOnce && listener.position >= (this.newest ?? 0)) {
        this.newest ??= listener.position;
        this.listeners.add(listener);
        return;
      }
      await ready();
    }
  }

  leave(listener: Listener): void {
    this.listeners.delete(listener);
  }

  private async read(): Promise<void> {
    try {
      const { newest } = await readBounds(this.db);
      // A listener that joined meanwhile has said where to begin.
      this.newest ??= newest;
      while (this.again) {
        this.again = false;
        let page: Position[];
        do {
          page = await readPositions(this.db, this.newest, positionsAtOnce);
          this.newest = page.at(-1)?.position ?? this.newest;
          for (const listener of this.listeners) tell(listener, page);
        } while (page.length === positionsAtOnce);
      }
    } catch {
      // The database is away: the next notification or poll begins where this ended.
    }
  }
}

function tell(listener: Listener, positions: readonly Position[]): void {
  const next = positions.filter(({ position }) => position > listener.position);
  const last = next.at(-1);
  if (!last) return;
  listener.position = last.position;
  listener.tell(next);
}
