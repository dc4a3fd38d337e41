import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";

/** One (service, environment) that has to be derived anew, and the earliest moment concerned. */
export interface DirtyStream {
  /** Null for signals that no service could be told for: they share a stream of their own. */
  service: string | null;
  environment: string | null;
  from: Date;
}

/**
 * Marks streams for derivation. A stream being derived meanwhile stays dirty,
 * since every marking raises `marked`.
 */
export async function markDirty(
  trx: Transaction<Database>,
  streams: readonly DirtyStream[],
): Promise<void> {
  const earliest = new Map<string, { service: string; environment: string; from: Date }>();
  for (const { service, environment, from } of streams) {
    const stream = { service: service ?? "", environment: environment ?? "", from };
    const name = JSON.stringify([stream.service, stream.environment]);
    const known = earliest.get(name);
    if (!known || from < known.from) earliest.set(name, stream);
  }
  if (earliest.size === 0) return;
  const list = [...earliest.values()];
  await sql`
    insert into streams (service, environment, dirty_from, marked)
    select service, environment, dirty_from, 1
    from unnest(
      ${list.map((stream) => stream.service)}::text[],
      ${list.map((stream) => stream.environment)}::text[],
      ${list.map((stream) => stream.from.toISOString())}::timestamptz[]
    ) as dirty (service, environment, dirty_from)
    order by service, environment
    on conflict (service, environment) do update
    set dirty_from = least(streams.dirty_from, excluded.dirty_from), marked = streams.marked + 1`.execute(
    trx,
  );
}

/** Locks streams' rows in one order, for who marks some and settles another: two such never deadlock. */
export async function lockStreams(
  trx: Transaction<Database>,
  streams: readonly Pick<DirtyStream, "service" | "environment">[],
): Promise<void> {
  await sql`
    select from streams
    where (service, environment) in (
      select * from unnest(
        ${streams.map((stream) => stream.service ?? "")}::text[],
        ${streams.map((stream) => stream.environment ?? "")}::text[]))
    order by service, environment
    for update`.execute(trx);
}
