import { sql } from "kysely";
import { type Generation, liveSchema } from "@/lib/projection/rebuild/generation";
import type { LeftOut } from "@/lib/projection/rebuild/left-out";

/**
 * Takes over the sources' own rules where they were changed since: what those sources sent
 * has then not been read.
 */
export async function refreshMappings({ db }: Generation, leftOut: LeftOut): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const live = sql`${sql.id(liveSchema)}.source_mappings`;
    const { rows } = await sql<{ source: string }>`
      select distinct source from (
        (select source, rules from ${live} except select source, rules from source_mappings)
        union all
        (select source, rules from source_mappings except select source, rules from ${live})
      ) as differing`.execute(trx);
    const sources = rows.map(({ source }) => source);
    if (sources.length === 0) return;
    leftOut.forget(sources);
    await sql`delete from source_mappings where source = any(${sources}::text[])`.execute(trx);
    await sql`
      insert into source_mappings select * from ${live} where source = any(${sources}::text[])`.execute(
      trx,
    );
    await sql`
      delete from rebuilt r using deliveries d
      where d.id = r.id and d.source = any(${sources}::text[])`.execute(trx);
  });
}
