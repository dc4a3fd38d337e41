/** How a fault shows in a service's signals. */
export interface Effect {
  service: string;
  /** Only where this version serves; null is the whole service. */
  version: string | null;
  from: number;
  /** null while nobody has ended it; a version's effect also ends with its traffic. */
  to: number | null;
  /** Until it is fully there. */
  rampSeconds: number;
  /** Added to the share of requests that fail. */
  errorRatio: number;
  latencyFactor: number;
  rateFactor: number;
  /** Added, 0..1. */
  cpu: number;
  /** Added for every hour since `from`; the process is killed at four times its usual size. */
  leakMegabytesPerHour: number;
}

export function effectOf(effect: Pick<Effect, "service" | "from"> & Partial<Effect>): Effect {
  return {
    version: null,
    to: null,
    rampSeconds: 60,
    errorRatio: 0,
    latencyFactor: 1,
    rateFactor: 1,
    cpu: 0,
    leakMegabytesPerHour: 0,
    ...effect,
  };
}

/** 0 before, 1 when fully there, falling within two minutes after its end. */
export function strengthOf(effect: Effect, at: number): number {
  if (at < effect.from) return 0;
  const risen = Math.min(1, (at - effect.from) / (effect.rampSeconds * 1000));
  if (effect.to === null || at < effect.to) return risen;
  return risen * Math.max(0, 1 - (at - effect.to) / 120_000);
}
