import type { BackfillProgress } from "@/db/schema/backfills";
import type { Backfill } from "@/lib/backfill/claim";
import type { Context } from "@/lib/context";
import { contentHash } from "@/lib/facts/canonical";
import { dedupeKey, type NewDelivery } from "@/lib/ingest/delivery";
import type { Asked, History, HistoryItem, HistoryPhase } from "@/lib/sources/history";

/** What one step brought: deliveries to store, and where it stands when they are. */
export interface Step {
  deliveries: NewDelivery[];
  /** How many of them were new is known when they are stored. */
  after(fresh: number): BackfillProgress;
  /** False where all that was learnt is that a try failed. */
  gotOn: boolean;
  /** What ended the step early; what was completed before it counts. */
  trouble: unknown;
}

/** Of what the API was asked to send again. */
export const refusedWords = "It would not send it again.";

/** A backfill at one of its phases. */
export interface At {
  context: Pick<Context, "db" | "clock">;
  backfill: Backfill;
  history: History;
  phase: HistoryPhase;
  asked: Asked;
}

/** Nothing to store but where it stands. */
export function moved(progress: BackfillProgress): Step {
  return { deliveries: [], after: () => progress, gotOn: true, trouble: null };
}

/** What says that an item need not be asked for; null: only its details tell. */
export function knownBy(source: string, phase: HistoryPhase, item: HistoryItem): Buffer | null {
  const delivered = phase.deliveryId?.(item.given);
  if (delivered) return dedupeKey(source, "id", delivered);
  return phase.tellsChange ? keyOf(source, phase, item, item.given) : null;
}

/** An item with its details, as it is stored. */
export function deliveryOf(at: At, item: HistoryItem, body: object): NewDelivery {
  const { source } = at.backfill;
  const key = knownBy(source, at.phase, item) ?? keyOf(source, at.phase, item, body);
  return storedAs(at, key, body);
}

/**
 * An item without its details. Its key is of its own, and so is a later backfill's answer
 * whether its details are to be asked for.
 */
export function deliveryInPart(at: At, item: HistoryItem, body: object): NewDelivery {
  return storedAs(at, keyOf(at.backfill.source, at.phase, item, ["in part", body]), body);
}

function storedAs({ context, backfill, history, phase }: At, key: Buffer, body: object) {
  return {
    source: backfill.source,
    provider: backfill.provider,
    event: phase.event,
    dedupeKey: key,
    headers: history.headers(phase.event),
    body: Buffer.from(JSON.stringify(body)),
    receivedAt: context.clock.now(),
  };
}

/** The same content of the same thing again is a duplicate, whichever backfill asked. */
function keyOf(source: string, phase: HistoryPhase, { id }: HistoryItem, content: unknown): Buffer {
  return dedupeKey(source, phase.event, id, contentHash(content));
}
