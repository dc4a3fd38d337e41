import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { saveFacts } from "@/lib/facts/save-facts";
import { mergeFacts, replaceStatements, type Spoken } from "@/lib/facts/statements";
import type { Statement } from "@/lib/facts/types";
import type { DeliveryOutcome } from "@/lib/projection/outcomes";
import { type Generation, liveSchema } from "@/lib/projection/rebuild/generation";
import { keepOutcomes } from "@/lib/projection/rebuild/keep-outcomes";

const deliveriesAtOnce = 400;

/**
 * Takes over as they stand the statements of what the next generation has not read: deliveries
 * whose mapping did not come to an end or was changed a moment ago, and those that wait to be
 * read again. What is read later replaces them, as it does live. Called while the live
 * projection is held; answers how many those are.
 */
export async function takeOver({ db, config }: Generation): Promise<number> {
  for (let taken = 0; ; ) {
    const outcomes = await nextUnread(db);
    if (outcomes.length === 0) return taken;
    const spoken = await liveStatements(
      db,
      outcomes.map(({ id }) => id),
    );
    await db.transaction().execute(async (trx) => {
      const touched = await replaceStatements(trx, spoken);
      if (touched.length > 0) await saveFacts(trx, config, await mergeFacts(trx, touched));
      await keepOutcomes(trx, outcomes);
    });
    taken += outcomes.length;
  }
}

async function nextUnread(db: Kysely<Database>): Promise<DeliveryOutcome[]> {
  const { rows } = await sql<DeliveryOutcome>`
    select d.id, d.outcome, d.error_code, d.error, d.facts from deliveries d
    where not exists (select from rebuilt r where r.id = d.id)
      and (d.outcome <> 'pending'
        or exists (select from ${live("statements")} s where s.delivery_id = d.id))
    order by d.id limit ${deliveriesAtOnce}`.execute(db);
  return rows;
}

type Row = { delivery_id: number; as_of: string; time_from_receipt: boolean } & Statement;

async function liveStatements(db: Kysely<Database>, ids: readonly number[]): Promise<Spoken[]> {
  const { rows } = await sql<Row>`
    select delivery_id, noun, key, as_of, time_from_receipt, members
    from ${live("statements")} where delivery_id = any(${[...ids]}::bigint[])
    order by delivery_id, ordinal`.execute(db);
  const statements = new Map<number, Statement[]>(ids.map((id) => [id, []]));
  for (const { delivery_id, as_of, time_from_receipt, ...said } of rows)
    statements
      .get(delivery_id)
      ?.push({ ...said, asOf: as_of, timeFromReceipt: time_from_receipt } as Statement);
  return [...statements].map(([delivery, said]) => ({ delivery, statements: said }));
}

function live(table: string) {
  return sql`${sql.id(liveSchema)}.${sql.table(table)}`;
}
