/** What of the mapped deliveries is not tried just now, since its reading did not end the last time. */
export interface SetAside {
  /** Another mapping is another chance for all that its source has sent. */
  follow(source: string, rules: string): void;
  note(source: string, delivery: number, isFinished: boolean, now: number): void;
  /** A source of which several in a row did not end is not asked for a while, so that others are. */
  isResting(source: string, now: number): boolean;
  restingSources(now: number): string[];
  deliveries(now: number): number[];
}

interface Rest {
  until: number;
  tries: number;
}

const unfinishedInARow = 3;
const firstRestMilliseconds = 60_000;
const longestRestMilliseconds = 3_600_000;
/** Beyond it the oldest are forgotten, and tried again for that. */
const deliveriesAtMost = 10_000;

/** Kept in the process alone: whoever begins anew tries everything once. Times are milliseconds of any clock. */
export function createSetAside(): SetAside {
  const deliveries = new Map<number, Rest & { source: string }>();
  const sources = new Map<string, Rest>();
  const rulesOf = new Map<string, string>();

  function forget(source: string): void {
    sources.delete(source);
    for (const [id, rest] of deliveries) if (rest.source === source) deliveries.delete(id);
  }

  return {
    follow(source, rules) {
      if (rulesOf.get(source) !== rules) forget(source);
      rulesOf.set(source, rules);
    },
    note(source, delivery, isFinished, now) {
      if (isFinished) {
        sources.delete(source);
        deliveries.delete(delivery);
        return;
      }
      const tries = (deliveries.get(delivery)?.tries ?? 0) + 1;
      deliveries.delete(delivery);
      deliveries.set(delivery, { source, tries, until: now + restAfter(tries) });
      const [oldest] = deliveries.keys();
      if (deliveries.size > deliveriesAtMost && oldest !== undefined) deliveries.delete(oldest);
      const inARow = (sources.get(source)?.tries ?? 0) + 1;
      sources.set(source, { tries: inARow, until: now + restAfter(inARow - unfinishedInARow + 1) });
    },
    isResting: (source, now) => (sources.get(source)?.until ?? 0) > now,
    restingSources: (now) => [...sources].flatMap(([name, { until }]) => (until > now ? name : [])),
    deliveries: (now) => [...deliveries].flatMap(([id, { until }]) => (until > now ? id : [])),
  };
}

/** A minute, then twice as long each time, up to an hour; none before the first. */
function restAfter(tries: number): number {
  if (tries < 1) return 0;
  return Math.min(firstRestMilliseconds * 2 ** (tries - 1), longestRestMilliseconds);
}
