import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { publicId } from "@/lib/facts/keys";
import { type MergedFact, mergeStatements } from "@/lib/facts/merge";
import type { MembersByNoun, Noun, Statement } from "@/lib/facts/types";

/** What one delivery says, as its reader told it. */
export interface Spoken {
  delivery: number;
  statements: readonly Statement[];
}

export interface FactKey {
  id: string;
  noun: Noun;
  key: string;
}

/** One natural key with what its statements come to; null while they come to nothing. */
export interface Merged<N extends Noun> {
  id: string;
  key: string;
  fact: MergedFact<N> | null;
}
export type MergedFacts = { [N in Noun]?: Merged<N>[] };

/**
 * Makes the statements of these deliveries exactly the ones given: a replayed
 * delivery's old ones go. Answers every fact that gained or lost a statement.
 */
export async function replaceStatements(
  trx: Transaction<Database>,
  spoken: readonly Spoken[],
): Promise<FactKey[]> {
  const touched = new Map<string, FactKey>();
  const deliveries = spoken.map(({ delivery }) => delivery);
  const { rows: removed } = await sql<{ fact_id: string; noun: Noun; key: string }>`
    delete from statements where delivery_id = any(${deliveries}::bigint[])
    returning fact_id, noun, key`.execute(trx);
  for (const { fact_id: id, noun, key } of removed) touched.set(id, { id, noun, key });

  const rows = spoken.flatMap(({ delivery, statements }) =>
    statements.map((statement, ordinal) => {
      const { noun, key, asOf, timeFromReceipt = false, members } = statement;
      const id = publicId(noun, key);
      touched.set(id, { id, noun, key });
      return {
        delivery_id: delivery,
        ordinal,
        noun,
        key,
        fact_id: id,
        as_of: asOf,
        time_from_receipt: timeFromReceipt,
        members,
      };
    }),
  );
  if (rows.length > 0)
    await sql`
      insert into statements
      select * from json_populate_recordset(null::statements, ${JSON.stringify(rows)}::json)`.execute(
      trx,
    );
  return [...touched.values()];
}

interface StatementRow {
  fact_id: string;
  as_of: string;
  time_from_receipt: boolean;
  members: MembersByNoun[Noun];
}

/** Merges each of these facts from all its statements, whichever delivery made them. */
export async function mergeFacts(
  trx: Transaction<Database>,
  facts: readonly FactKey[],
): Promise<MergedFacts> {
  const ids = facts.map((fact) => fact.id);
  const { rows } = await sql<StatementRow>`
    select fact_id, as_of, time_from_receipt, members
    from statements where fact_id = any(${ids}::text[])`.execute(trx);
  const byFact = new Map<string, StatementRow[]>();
  for (const row of rows) {
    const said = byFact.get(row.fact_id);
    if (said) said.push(row);
    else byFact.set(row.fact_id, [row]);
  }
  const merged: MergedFacts = {};
  for (const fact of facts) addMerged(merged, fact, byFact.get(fact.id) ?? []);
  return merged;
}

function addMerged<N extends Noun>(
  merged: { [M in N]?: Merged<M>[] },
  { id, noun, key }: FactKey,
  rows: readonly StatementRow[],
): void {
  const statements = rows.map((row) => ({
    asOf: row.as_of,
    timeFromReceipt: row.time_from_receipt,
    members: row.members as MembersByNoun[N],
  }));
  const of = noun as N;
  merged[of] ??= [];
  merged[of].push({ id, key, fact: mergeStatements(of, statements) });
}
