/** How a version answers from a moment (epoch milliseconds) until its next phase. */
export interface Phase {
  from: number;
  requestsPerSecond: number;
  errorRatio: number;
}

export interface Counters {
  succeeded: number;
  failed: number;
}

/**
 * What a version's counters show at `at`: whole requests since its first phase.
 * A function of time alone, so that a scrape that comes late reads no other rate.
 */
export function countersAt(phases: readonly Phase[], at: number): Counters {
  let answered = 0;
  let failed = 0;
  for (const [index, { from, requestsPerSecond, errorRatio }] of phases.entries()) {
    const to = Math.min(at, phases[index + 1]?.from ?? at);
    const requests = (Math.max(0, to - from) / 1000) * requestsPerSecond;
    answered += requests;
    failed += requests * errorRatio;
  }
  return { succeeded: Math.floor(answered - failed), failed: Math.floor(failed) };
}
