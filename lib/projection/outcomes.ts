import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { publicId } from "@/lib/facts/keys";
import { type FactType, factTypeOf, type Statement } from "@/lib/facts/types";
import { announce } from "@/lib/live/announce";
import type { DeliveryReading } from "@/lib/projection/read-delivery";
import { countOutcomes } from "@/lib/source-health/count-outcomes";

/** What became of a delivery, as the inbox shows it. */
export interface DeliveryOutcome {
  id: number;
  /** Pending: its reading did not end, and is tried again; `facts` are then none to be told of. */
  outcome: "pending" | "accepted" | "ignored" | "failed";
  error_code: string | null;
  error: string | null;
  facts: { type: FactType; id: string }[];
}

export function outcomeOf(id: number, reading: DeliveryReading): DeliveryOutcome {
  switch (reading.outcome) {
    case "read":
      return {
        id,
        outcome: "accepted",
        error_code: null,
        error: null,
        facts: factsOf(reading.statements),
      };
    case "ignored":
      return { id, outcome: "ignored", error_code: "ignored", error: reading.reason, facts: [] };
    case "failed":
      return { id, outcome: "failed", error_code: reading.code, error: reading.reason, facts: [] };
    case "unfinished":
      return { id, outcome: "pending", error_code: "unfinished", error: reading.reason, facts: [] };
  }
}

function factsOf(statements: readonly Statement[]): DeliveryOutcome["facts"] {
  const facts = new Map<string, DeliveryOutcome["facts"][number]>();
  for (const { noun, key } of statements) {
    const type = factTypeOf(noun);
    if (type) facts.set(`${noun} ${key}`, { type, id: publicId(noun, key) });
  }
  return [...facts.values()];
}

/** What a delivery was found to say before stands while it is pending. */
export async function saveOutcomes(
  trx: Transaction<Database>,
  outcomes: readonly DeliveryOutcome[],
  projectedAt: Date,
): Promise<void> {
  if (outcomes.length === 0) return;
  const settled = await countOutcomes(
    trx,
    sql`
      update deliveries d
      set outcome = o.outcome, error_code = o.error_code, error = o.error,
          facts = case o.outcome when 'pending' then d.facts else o.facts end,
          projected_at = case o.outcome when 'pending' then d.projected_at else ${projectedAt} end
      from json_populate_recordset(null::deliveries, ${JSON.stringify(outcomes)}::json) o
        join (
          select id, outcome, error_code, error from deliveries
          where id = any(${outcomes.map(({ id }) => id)}::bigint[]) for no key update
        ) b on b.id = o.id
      where d.id = o.id`,
  );
  await announce(
    trx,
    "delivery",
    settled.map(({ id, source }) => ({ id: String(id), source })),
  );
}
