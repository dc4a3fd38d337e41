import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { SetAside } from "@/lib/projection/mapped/set-aside";
import type { Replay } from "@/lib/projection/replay/apply-replays";
import { mappedProvider } from "@/lib/sources/registry";

/** Written out, so that Postgres knows the index. */
const isWaiting = sql<boolean>`outcome = 'pending' and provider = ${sql.lit(mappedProvider)}`;

/** Sources of which mapped deliveries wait or that are read again, by name; each found by one look at the index. */
export async function waitingSources(
  db: Kysely<Database>,
): Promise<{ source: string; replay: Replay | null }[]> {
  const { rows } = await sql<{ source: string }>`
    with recursive named as (
      (select source from deliveries where ${isWaiting} order by source limit 1)
      union all
      select (
        select d.source from deliveries d
        where ${isWaiting} and d.source > named.source order by d.source limit 1
      )
      from named where named.source is not null
    )
    select source from named where source is not null`.execute(db);
  const replays = await db
    .selectFrom("replays")
    .selectAll()
    .where("finished_at", "is", null)
    .execute();
  const bySource = new Map(replays.map((replay) => [replay.source, replay]));
  const names = new Set([...rows.map(({ source }) => source), ...bySource.keys()]);
  return [...names].sort().map((source) => ({ source, replay: bySource.get(source) ?? null }));
}

const deliveriesAtOnce = 100;
const batchBytes = 8 * 1024 * 1024;

/** The oldest that wait of a source and are not set aside, as many as fit into memory comfortably; one of any size. */
export async function waitingOf(
  db: Kysely<Database>,
  source: string,
  setAside: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ id: number; before: number }>`
    select id, coalesce(sum(bytes) over (order by id rows between unbounded preceding and 1 preceding), 0)::bigint as before
    from (
      select id, octet_length(body) as bytes from deliveries
      where ${isWaiting} and source = ${source} and id <> all(${[...setAside]}::bigint[])
      order by id limit ${deliveriesAtOnce}
    ) as waiting
    order by id`.execute(db);
  return rows.filter(({ before }) => before < batchBytes).map(({ id }) => id);
}

/** Whether there is anything to read that is not set aside. */
export async function isAnyWaiting(db: Kysely<Database>, aside: SetAside): Promise<boolean> {
  const now = performance.now();
  const resting = aside.restingSources(now);
  const { rows } = await sql<{ waits: boolean }>`
    select exists (
      select from deliveries
      where ${isWaiting} and source <> all(${resting}::text[])
        and id <> all(${aside.deliveries(now)}::bigint[])
    ) or exists (
      select from replays where finished_at is null and source <> all(${resting}::text[])
    ) as waits`.execute(db);
  return rows[0]?.waits ?? false;
}
