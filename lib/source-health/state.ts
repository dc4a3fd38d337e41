/** How a source fares, the worst first; "waiting" for its first delivery. */
export const sourceStates = ["refused", "quiet", "failing", "waiting", "ok"] as const;
export type SourceState = (typeof sourceStates)[number];

export interface Signs {
  lastDeliveryAt: Date | null;
  refusedAt: Date | null;
  /** Null while it has no habit. */
  expectedBefore: Date | null;
  /** Of the last 24 hours. */
  settled: number;
  failed: number;
}

const day = 86_400_000;
const tooManyFailed = 0.1;

/**
 * `refused`: of the last day's requests the latest did not prove itself (a sender that
 * proves itself again ends it, so that strangers cannot keep it up); `quiet`: silent against its
 * own habit; `failing`: a tenth or more of the last day's deliveries could not be read.
 */
export function stateOf(signs: Signs, now: Date): SourceState {
  const { lastDeliveryAt, refusedAt, expectedBefore, settled, failed } = signs;
  if (
    refusedAt &&
    now.getTime() - refusedAt.getTime() < day &&
    (lastDeliveryAt === null || refusedAt > lastDeliveryAt)
  )
    return "refused";
  if (lastDeliveryAt === null) return "waiting";
  if (expectedBefore && now >= expectedBefore) return "quiet";
  if (settled > 0 && failed / settled >= tooManyFailed) return "failing";
  return "ok";
}
