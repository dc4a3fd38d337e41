import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { announce, everything, liveTopics } from "@/lib/live/announce";
import { markEveryCell } from "@/lib/metrics/mark-cells";
import {
  type GenerationTable,
  generationTables,
  meansTables,
  nextSchema,
} from "@/lib/projection/rebuild/generation";
import { markAllSlos } from "@/lib/slo/mark-all";
import { countOutcomes } from "@/lib/source-health/count-outcomes";

/**
 * Makes the live tables equal to the next generation's by writing only what
 * differs, so that readers see the old generation whole until the commit and
 * then the new one. Answers how many rows differed, by table.
 */
export async function applyGeneration(
  trx: Transaction<Database>,
): Promise<Record<GenerationTable, number>> {
  const differing = {} as Record<GenerationTable, number>;
  for (const table of Object.keys(generationTables) as GenerationTable[])
    differing[table] = await applyTable(trx, table, generationTables[table]);
  for (const [table, keys] of Object.entries(meansTables)) await applyTable(trx, table, keys);
  await applyOutcomes(trx);
  if (Object.values(differing).some((count) => count > 0)) {
    await markAllSlos(trx);
    await markEveryCell(trx);
    for (const topic of liveTopics) await announce(trx, topic, { id: everything });
  }
  return differing;
}

async function applyTable(
  trx: Transaction<Database>,
  table: string,
  keys: readonly string[],
): Promise<number> {
  const columns = await columnsOf(trx, table);
  const others = columns.filter((column) => !keys.includes(column));
  const live = sql.table(table);
  const next = sql`${sql.id(nextSchema)}.${live}`;
  const isSame = sql.join(
    keys.map((key) => sql`n.${sql.ref(key)} = o.${sql.ref(key)}`),
    sql` and `,
  );
  const of = (alias: string) => sql.join(others.map((column) => sql.ref(`${alias}.${column}`)));
  const gone = await sql`
    delete from ${live} o where not exists (select from ${next} n where ${isSame})`.execute(trx);
  const put = await sql`
    insert into ${live} (${sql.join(columns.map((column) => sql.ref(column)))})
    select ${sql.join(columns.map((column) => sql.ref(`n.${column}`)))}
    from ${next} n left join ${live} o on ${isSame}
    where o.${sql.ref(keys[0] ?? "")} is null
      ${others.length > 0 ? sql`or (${of("o")}) is distinct from (${of("n")})` : sql``}
    on conflict (${sql.join(keys.map((key) => sql.ref(key)))}) do ${
      others.length > 0
        ? sql`update set ${sql.join(others.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`))}`
        : sql`nothing`
    }`.execute(trx);
  return Number(gone.numAffectedRows ?? 0) + Number(put.numAffectedRows ?? 0);
}

/** Those that are written; what Postgres computes itself is not. */
async function columnsOf(trx: Transaction<Database>, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    order by attnum`.execute(trx);
  return rows.map((row) => row.name);
}

/** A reader that was put right may make something of what it refused before. */
async function applyOutcomes(trx: Transaction<Database>): Promise<void> {
  await countOutcomes(
    trx,
    sql`
      update deliveries d
      set outcome = r.outcome, error_code = r.error_code, error = r.error, facts = r.facts
      from ${sql.id(nextSchema)}.rebuilt r join deliveries b on b.id = r.id
      where d.id = r.id and d.outcome <> 'pending'
        and (b.outcome, b.error_code, b.error, b.facts)
          is distinct from (r.outcome, r.error_code, r.error, r.facts)`,
  );
}
