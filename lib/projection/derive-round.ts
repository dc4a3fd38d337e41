import type { StreamName } from "@/lib/deployments/read-stream";
import {
  type Derivation,
  type Deriving,
  deriveDirtyStream,
  dirtyStreams,
} from "@/lib/projection/derive-stream";
import { isTrouble } from "@/lib/projection/trouble";
import { recordDerived } from "@/lib/telemetry/record-derived";

/** A stream whose derivation failed rests so long, that it keeps nobody else waiting. */
const restMilliseconds = 30_000;
const streamsAtOnce = 200;
/** Two, so that one computes while the other waits for Postgres. */
const lanes = 2;

export interface Round {
  /** Dirty streams that were seen, whoever derived them. */
  seen: number;
  derivations: Derivation[];
}

/** Streams that cannot be derived just now, by name. */
export type Resting = Map<string, { until: number; error: Error }>;

/**
 * Derives every stream that is dirty now, once each, for about so many
 * milliseconds at most. A stream that fails rests; trouble with the database is thrown.
 */
export async function deriveRound(
  context: Deriving,
  resting: Resting,
  milliseconds: number,
  onFailure: (stream: StreamName, error: Error) => void,
): Promise<Round> {
  const begun = performance.now();
  const dirty = await dirtyStreams(context, streamsAtOnce + resting.size);
  const streams = dirty.filter((stream) => !isResting(resting, stream, begun));
  const derivations: Derivation[] = [];
  const queue = streams[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const stream of queue) {
        const derivation = await deriveOrRest(context, resting, stream, onFailure);
        if (derivation) derivations.push(derivation);
        if (performance.now() - begun > milliseconds) return;
      }
    }),
  );
  return { seen: streams.length, derivations };
}

async function deriveOrRest(
  context: Deriving,
  resting: Resting,
  stream: StreamName,
  onFailure: (stream: StreamName, error: Error) => void,
): Promise<Derivation | null> {
  const started = performance.now();
  try {
    const derivation = await deriveDirtyStream(context, stream);
    if (derivation) recordDerived(stream, (performance.now() - started) / 1000);
    resting.delete(nameOf(stream));
    return derivation;
  } catch (error) {
    if (isTrouble(error) || !(error instanceof Error)) throw error;
    resting.set(nameOf(stream), { until: performance.now() + restMilliseconds, error });
    onFailure(stream, error);
    return null;
  }
}

function isResting(resting: Resting, stream: StreamName, now: number): boolean {
  const rest = resting.get(nameOf(stream));
  return rest !== undefined && rest.until > now;
}

function nameOf({ service, environment }: StreamName): string {
  return JSON.stringify([service, environment]);
}
