import { asProblem, Problem } from "@/lib/http/problem";
import type { NewDelivery, StoredDelivery } from "@/lib/ingest/delivery";
import { type Group, WaitingGroups } from "@/lib/ingest/waiting-groups";

const rowsAtMost = 50;
/** Below this a statement costs more than its rows. */
const rowsAtLeast = 8;
const bytesAtMost = 4 * 1024 * 1024;
const statementsAtMost = 4;

export type Insert = (deliveries: readonly NewDelivery[]) => Promise<StoredDelivery[]>;

/**
 * Shares commits without a timer: what arrives while the statements in flight
 * run makes up the next one, so that a quiet door answers at once and a busy one
 * pays one fsync for up to fifty deliveries. Nobody is answered before the commit.
 */
export class GroupCommit {
  private readonly waiting = new WaitingGroups();
  private inFlight = 0;
  private closing: (() => void) | null = null;

  constructor(
    private readonly insert: Insert,
    /** Told once per statement that stored something new. */
    private readonly onStored: () => void,
  ) {}

  /**
   * Stores all of them or none. Throws `storage_unavailable`, `overloaded` when
   * too much waits already, `too_many_requests` when it is this source's doing.
   */
  store(deliveries: readonly NewDelivery[]): Promise<StoredDelivery[]> {
    return new Promise((resolve, reject) => {
      if (this.closing)
        return reject(new Problem("overloaded", "Pushline is stopping.", { retryAfterSeconds: 5 }));
      const refusal = this.waiting.add({ deliveries, resolve, reject });
      if (refusal) return reject(refusal);
      this.fill();
    });
  }

  /** Rows that wait for a statement, for the metrics. */
  get waitingRows(): number {
    return this.waiting.rows;
  }

  /** Takes nothing new and waits for what is under way. */
  async close(): Promise<void> {
    if (this.inFlight === 0 && this.waiting.rows === 0) return;
    await new Promise<void>((resolve) => {
      this.closing = resolve;
    });
  }

  private fill(): void {
    while (this.inFlight < statementsAtMost && this.waiting.rows > 0) {
      this.inFlight += 1;
      void this.commit(this.waiting.take(this.rowsNow(), bytesAtMost)).finally(() => {
        this.inFlight -= 1;
        this.fill();
        if (this.inFlight === 0) this.closing?.();
      });
    }
  }

  /** A share of what waits, so that statements run beside each other instead of one with everything. */
  private rowsNow(): number {
    const share = Math.ceil(this.waiting.rows / statementsAtMost);
    return Math.min(rowsAtMost, Math.max(rowsAtLeast, share));
  }

  private async commit(groups: Group[]): Promise<void> {
    try {
      await this.storeTogether(groups);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === "storage_unavailable") {
        problem.cause ??= error;
        // Whoever waits would only run into the same and wait longer for it.
        for (const group of [...groups, ...this.waiting.takeAll()]) group.reject(problem);
      } else if (groups.length === 1) {
        for (const group of groups) group.reject(storageRefused(error));
      } else {
        // One of them is at fault: each alone, so that the others are kept.
        for (const group of groups) await this.commit([group]);
      }
    }
  }

  private async storeTogether(groups: Group[]): Promise<void> {
    const stored = await this.insert(groups.flatMap((group) => group.deliveries));
    if (stored.some((delivery) => delivery.outcome === "accepted")) this.onStored();
    let next = 0;
    for (const group of groups) {
      const end = next + group.deliveries.length;
      group.resolve(stored.slice(next, end));
      next = end;
    }
  }
}

/** What Postgres would not take for a reason of its own: the sender may try again, and the log says why. */
function storageRefused(error: unknown): Problem {
  const problem = new Problem("storage_unavailable", "The database did not take this delivery.", {
    retryAfterSeconds: 5,
  });
  problem.cause = error;
  return problem;
}
