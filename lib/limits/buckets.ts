/** How fast one bucket fills, and how much it holds. */
export interface Rate {
  perSecond: number;
  burst: number;
}

interface Bucket {
  tokens: number;
  /** Milliseconds of the caller's clock. */
  at: number;
}

/**
 * A token bucket for each key. A key that was long unheard of has a full bucket,
 * so the ones longest unheard of are forgotten first when there are too many.
 */
export class Buckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    readonly rate: Rate,
    private readonly keysAtMost = 10_000,
  ) {}

  get size(): number {
    return this.buckets.size;
  }

  /**
   * Takes `count` tokens and answers 0; or takes none and answers the whole seconds
   * after which it is worth asking again. More at once than a bucket holds needs a
   * full one, and leaves it in debt.
   */
  take(key: string, count: number, nowMilliseconds: number): number {
    const { perSecond, burst } = this.rate;
    const bucket = this.bucketOf(key, nowMilliseconds);
    const passed = Math.max(0, nowMilliseconds - bucket.at);
    bucket.tokens = Math.min(burst, bucket.tokens + (passed / 1_000) * perSecond);
    bucket.at = nowMilliseconds;
    const wanted = Math.min(count, burst);
    if (bucket.tokens < wanted) return Math.max(1, Math.ceil((wanted - bucket.tokens) / perSecond));
    bucket.tokens -= count;
    return 0;
  }

  private bucketOf(key: string, at: number): Bucket {
    const known = this.buckets.get(key);
    if (known) this.buckets.delete(key);
    else if (this.buckets.size >= this.keysAtMost) {
      const [oldest] = this.buckets.keys();
      if (oldest !== undefined) this.buckets.delete(oldest);
    }
    const bucket = known ?? { tokens: this.rate.burst, at };
    this.buckets.set(key, bucket);
    return bucket;
  }
}
