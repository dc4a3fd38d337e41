import { CompiledQuery, type Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { type NewDelivery, type StoredDelivery, storableText } from "@/lib/ingest/delivery";

// The statement's text never changes. The bodies travel as one binary value that
// Postgres cuts up: an array of bytea would go as twice its size in hex.
const insertion = `
  insert into deliveries (source, provider, event, dedupe_key, headers, body, actor, received_at)
  select source, provider, event, decode(key, 'hex'), headers,
         substring($2::bytea from start for length), actor, received_at
  from json_to_recordset($1::json)
    as row (source text, provider text, event text, key text, headers jsonb, actor text,
            received_at timestamptz, start integer, length integer)
  on conflict (dedupe_key) do nothing
  returning id, encode(dedupe_key, 'hex') as key`;

/**
 * Stores deliveries in one statement, all or none, and answers in their order:
 * the first with a key is accepted, every other is a duplicate of that one or of
 * what was there before.
 */
export async function insertDeliveries(
  db: Kysely<Database>,
  deliveries: readonly NewDelivery[],
): Promise<StoredDelivery[]> {
  const keys = deliveries.map((delivery) => delivery.dedupeKey.toString("hex"));
  // In key order: two statements with the same keys wait for each other instead of deadlocking.
  const order = [...keys.keys()].sort((one, other) => compare(keys[one], keys[other]));
  const rows = order.map((index) => deliveries[index] as NewDelivery);
  const bodies = rows.length === 1 ? rows[0]?.body : Buffer.concat(rows.map((row) => row.body));
  const inserted = await idsByKey(db, insertion, [
    JSON.stringify(described(rows, keys, order)),
    bodies,
  ]);
  const known = keys.filter((key) => !inserted.has(key));
  const earlier = known.length > 0 ? await findEarlier(db, known) : new Map<string, string>();
  return keys.map((key) => answer(key, inserted, earlier));
}

/** Each new id is handed out once; whoever comes later with the key repeats it. */
function answer(
  key: string,
  inserted: Map<string, string>,
  earlier: Map<string, string>,
): StoredDelivery {
  const fresh = inserted.get(key);
  if (fresh !== undefined) {
    inserted.delete(key);
    earlier.set(key, fresh);
    return { id: fresh, outcome: "accepted" };
  }
  const id = earlier.get(key);
  if (id === undefined) throw new Error("A delivery vanished between two statements.");
  return { id, outcome: "duplicate" };
}

function findEarlier(db: Kysely<Database>, keys: string[]): Promise<Map<string, string>> {
  const statement = `
    select id, encode(dedupe_key, 'hex') as key from deliveries
    where dedupe_key = any (select decode(key, 'hex') from unnest($1::text[]) as key)`;
  return idsByKey(db, statement, [keys]);
}

async function idsByKey(
  db: Kysely<Database>,
  statement: string,
  values: unknown[],
): Promise<Map<string, string>> {
  const query = CompiledQuery.raw(statement, values);
  const { rows } = await db.executeQuery<{ id: number; key: string }>(
    query as CompiledQuery<{ id: number; key: string }>,
  );
  return new Map(rows.map((row) => [row.key, String(row.id)]));
}

/** All but the bodies, and where each body begins, counted from 1 as Postgres does. */
function described(
  rows: readonly NewDelivery[],
  keys: readonly string[],
  order: readonly number[],
) {
  let next = 1;
  return rows.map((row, place) => {
    const start = next;
    next += row.body.byteLength;
    return {
      source: row.source,
      provider: row.provider,
      event: storableText(row.event),
      key: keys[order[place] ?? 0],
      headers: storableHeaders(row.headers),
      actor: row.actor,
      received_at: row.receivedAt,
      start,
      length: row.body.byteLength,
    };
  });
}

function storableHeaders(headers: Record<string, string>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of Object.keys(headers)) kept[name] = storableText(headers[name] ?? "");
  return kept;
}

function compare(one = "", other = ""): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
