import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { saveFactRows } from "@/lib/facts/save-facts";
import { type FactKey, mergeFacts, replaceStatements } from "@/lib/facts/statements";
import type { Generation } from "@/lib/projection/rebuild/generation";
import { forgetOutcomes } from "@/lib/projection/rebuild/keep-outcomes";
import { keepPlace } from "@/lib/projection/rebuild/place";
import { isPoison } from "@/lib/projection/trouble";

const factsAtOnce = 1_000;

/** How many natural keys the next generation's statements speak of. */
export async function countFacts({ db }: Generation): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select distinct fact_id from statements) as facts`.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * Makes the facts of all statements, each once however many deliveries speak of
 * it, in the order of their ids from `after` on. Marks no stream and no cell: all
 * are derived and counted afterwards.
 */
export async function makeFacts(
  generation: Generation,
  after: string,
  onMade: (facts: number) => Promise<void>,
): Promise<void> {
  for (let last = after; ; ) {
    const keys = await nextKeys(generation, last);
    const end = keys.at(-1);
    if (!end) return;
    last = end.id;
    await make(generation, keys);
    await keepPlace(generation.db, { phase: "facts", after: last });
    await onMade(keys.length);
  }
}

async function nextKeys({ db }: Generation, after: string): Promise<FactKey[]> {
  const { rows } = await sql<FactKey>`
    select distinct on (fact_id) fact_id as id, noun, key from statements
    where fact_id > ${after} order by fact_id limit ${factsAtOnce}`.execute(db);
  return rows;
}

async function make(generation: Generation, keys: readonly FactKey[]): Promise<void> {
  try {
    await generation.db
      .transaction()
      .execute(async (trx) => saveFactRows(trx, generation.config, await mergeFacts(trx, keys)));
  } catch (error) {
    if (!isPoison(error)) throw error;
    const [only] = keys;
    if (only && keys.length === 1) return leaveToCatchUp(generation, only);
    const half = Math.ceil(keys.length / 2);
    await make(generation, keys.slice(0, half));
    await make(generation, keys.slice(half));
  }
}

/**
 * Catching up reads its deliveries again, one by one, and quarantines the one at fault.
 * Until then they have said nothing: what was made of their words is made without them.
 */
async function leaveToCatchUp({ db, config }: Generation, refused: FactKey): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const deliveries = await deliveriesOf(trx, refused);
    const silent = deliveries.map((delivery) => ({ delivery, statements: [] }));
    const spokenOf = await replaceStatements(trx, silent);
    const made = spokenOf.filter(({ id }) => id <= refused.id);
    await saveFactRows(trx, config, await mergeFacts(trx, made));
    await forgetOutcomes(trx, deliveries);
  });
}

async function deliveriesOf(trx: Transaction<Database>, { id }: FactKey): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct delivery_id as id from statements where fact_id = ${id}`.execute(trx);
  return rows.map((row) => row.id);
}
