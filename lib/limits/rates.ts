import { Problem } from "@/lib/http/problem";
import { addressKey } from "@/lib/limits/address-key";
import { Buckets } from "@/lib/limits/buckets";

export interface Limits {
  deliveriesPerSecond: number;
  deliveriesBurst: number;
  requestsPerSecond: number;
  requestsBurst: number;
}

/** How often this process answers whom; `now` is a monotonic clock in milliseconds. */
export class Rates {
  private readonly deliveries: Buckets;
  private readonly requests: Buckets;

  constructor(
    limits: Limits,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.deliveries = new Buckets({
      perSecond: limits.deliveriesPerSecond,
      burst: limits.deliveriesBurst,
    });
    this.requests = new Buckets({
      perSecond: limits.requestsPerSecond,
      burst: limits.requestsBurst,
    });
  }

  /** Before so many deliveries of a proven source are kept. Throws `too_many_requests`. */
  countDeliveries(source: string, count: number): void {
    const wait = this.deliveries.take(source, count, this.now());
    if (wait === 0) return;
    const { perSecond, burst } = this.deliveries.rate;
    throw new Problem(
      "too_many_requests",
      `A source may deliver ${perSecond} a second in the long run and ${burst} at once (limits in pushline.yaml).`,
      { limit: perSecond, retryAfterSeconds: wait },
    );
  }

  /** Before a page or data is answered. Throws `too_many_requests`. */
  countRequest(address: string): void {
    const key = addressKey(address);
    const wait = key === null ? 0 : this.requests.take(key, 1, this.now());
    if (wait === 0) return;
    const { perSecond, burst } = this.requests.rate;
    throw new Problem(
      "too_many_requests",
      `An address may ask ${perSecond} times a second in the long run and ${burst} times at once (limits in pushline.yaml).`,
      { limit: perSecond, retryAfterSeconds: wait },
    );
  }
}
