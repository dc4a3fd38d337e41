import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { canonicalJson } from "@/lib/facts/canonical";
import { holdProjection } from "@/lib/projection/locks";
import type { Projecting } from "@/lib/projection/project-deliveries";
import { beginReplay } from "@/lib/projection/replay/begin-replay";
import type { Mapping } from "@/lib/sources/mapping-rules";

/**
 * Lets a source's deliveries be read by these rules from now on, and has what is kept of
 * them read once more; answers how many those are.
 */
export async function saveMapping(
  trx: Transaction<Database>,
  source: string,
  { rules, written, savedAt }: { rules: Mapping; written: string | null; savedAt: Date },
): Promise<number> {
  // Nothing is read by the old rules and stored after the new ones.
  await holdProjection(trx);
  const row = { rules: JSON.stringify(rules), written, saved_at: savedAt };
  await trx
    .insertInto("source_mappings")
    .values({ source, ...row })
    .onConflict((conflict) => conflict.column("source").doUpdateSet(row))
    .execute();
  return beginReplay(trx, source, savedAt);
}

/** Takes over the rules that pushline.yaml has, where they are not those in force. */
export async function adoptMappings({ db, config, clock }: Projecting): Promise<void> {
  const stored = await readRules(db);
  for (const { name, mapping } of config.sources)
    if (mapping && stored.get(name) !== canonicalJson(mapping))
      await db
        .transaction()
        .execute((trx) =>
          saveMapping(trx, name, { rules: mapping, written: null, savedAt: clock.now() }),
        );
}

async function readRules(db: Kysely<Database>): Promise<Map<string, string>> {
  const { rows } = await sql<{ source: string; rules: Mapping }>`
    select source, rules from source_mappings`.execute(db);
  return new Map(rows.map(({ source, rules }) => [source, canonicalJson(rules)]));
}
