import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";

export const liveTopics = [
  "delivery",
  "deployment",
  "incident",
  "alert",
  "build",
  "test_run",
  "release",
  "change",
  "series",
  "work",
] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** What changed; whoever wants more asks for it by its id. */
export interface LivePayload {
  id: string;
  service?: string;
  environment?: string;
  repository?: string;
  /** Of a delivery. */
  source?: string;
}

/** The id that stands for all there is of a topic. */
export const everything = "*";

/** Notified when something waits for a position. */
export const outboxChannel = "pushline_outbox";

/**
 * Tells every browser of changes, once the transaction that made them has
 * committed and not otherwise: call it with that transaction.
 */
export async function announce(
  transaction: Kysely<Database>,
  topic: LiveTopic,
  payloads: LivePayload | readonly LivePayload[],
): Promise<void> {
  const rows = [payloads].flat();
  if (rows.length === 0) return;
  await sql`
    with told as (
      insert into live_outbox (topic, payload)
      select ${topic}, payload from unnest(${rows.map((row) => JSON.stringify(row))}::jsonb[]) as payload
    )
    select pg_notify(${outboxChannel}, '')`.execute(transaction);
}
