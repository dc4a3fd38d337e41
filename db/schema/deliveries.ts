import type { ColumnType, Generated, JSONColumnType } from "kysely";

/** What arrived, byte for byte, and what became of it. */
export interface DeliveriesTable {
  id: Generated<number>;
  source: string;
  provider: string;
  event: string;
  /** SHA-256 over source and the provider's id, or the body's hash where it has none. */
  dedupe_key: Buffer;
  headers: JSONColumnType<Record<string, string>>;
  body: Buffer;
  /** Who, for deliveries the product makes itself (people's words). */
  actor: string | null;
  received_at: Date;
  outcome: ColumnType<DeliveryOutcome, DeliveryOutcome | undefined, DeliveryOutcome>;
  error_code: string | null;
  error: string | null;
  facts: JSONColumnType<{ type: string; id: string }[], string | undefined, string>;
  projected_at: Date | null;
}

export type DeliveryOutcome = "pending" | "accepted" | "ignored" | "failed";

/** What each delivery said about each thing; the facts are merged from these. */
export interface StatementsTable {
  delivery_id: number;
  ordinal: number;
  noun: string;
  key: string;
  /** publicId(noun, key): short enough for an index however long the key. */
  fact_id: string;
  as_of: string;
  time_from_receipt: boolean;
  members: JSONColumnType<Record<string, unknown>>;
}
