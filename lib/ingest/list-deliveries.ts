import type { Selectable } from "kysely";
import type { DeliveriesTable, DeliveryOutcome } from "@/db/schema/deliveries";
import { reachFor, type Within } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { Page } from "@/lib/http/answers";
import { decodeCursor, page } from "@/lib/http/cursor";
import type { DeliveryAnswer } from "@/lib/http/fact-answers";
import { Problem } from "@/lib/http/problem";

export interface DeliveryFilter {
  outcome?: DeliveryOutcome[];
  source?: string[];
  event?: string[];
  /** By when it was received: at or after `from`, before `to`. */
  from?: Date;
  to?: Date;
  cursor?: string;
  limit: number;
}

export const listedColumns = [
  "id",
  "source",
  "event",
  "received_at",
  "outcome",
  "error_code",
  "error",
  "facts",
] as const;

/**
 * The inbox, newest first, a page at a time. Throws `invalid_cursor`, and
 * `not_found` for a source outside of the actor's reach.
 */
export async function listDeliveries(
  context: Context,
  filter: DeliveryFilter,
): Promise<Page<DeliveryAnswer>> {
  const within = await reachFor(context, { source: filter.source });
  if (within && within.source === null) return { items: [], nextCursor: null };
  let query = context.db.selectFrom("deliveries").select(listedColumns);
  if (within) query = query.where("source", "=", within.source);
  if (filter.outcome) query = query.where("outcome", "in", filter.outcome);
  if (filter.source) query = query.where("source", "in", filter.source);
  if (filter.event) query = query.where("event", "in", filter.event);
  if (filter.from) query = query.where("received_at", ">=", filter.from);
  if (filter.to) query = query.where("received_at", "<", filter.to);
  if (filter.cursor) query = query.where("id", "<", idOf(decodeCursor(filter.cursor).id));
  const rows = await query
    .orderBy("id", "desc")
    .limit(filter.limit + 1)
    .execute();
  const position = (row: ListedRow) => ({ at: row.received_at, id: String(row.id) });
  return page(rows, filter.limit, position, deliveryAnswer);
}

/** What one source sent says nothing of whose it is, so only a token of that source reaches it. */
export function reachesSource(within: Within | null, source: string): boolean {
  return within === null || within.source === source;
}

type ListedRow = Pick<Selectable<DeliveriesTable>, (typeof listedColumns)[number]>;

export function deliveryAnswer(row: ListedRow): DeliveryAnswer {
  return {
    id: String(row.id),
    source: row.source,
    event: row.event,
    receivedAt: row.received_at.toISOString(),
    outcome: row.outcome,
    error: row.error_code === null ? null : { code: row.error_code, detail: row.error ?? "" },
    facts: row.facts as DeliveryAnswer["facts"],
  };
}

function idOf(text: string): number {
  const id = deliveryId(text);
  if (id !== null) return id;
  throw new Problem("invalid_cursor", "This cursor was not made by this list.", {
    field: "cursor",
    expected: "the nextCursor of the page before",
  });
}

/** The number inside a delivery's public id; null for what can be none. */
export function deliveryId(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
