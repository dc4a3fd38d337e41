import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { expectedBefore, habitMilliseconds } from "@/lib/source-health/habit";
import { type Signs, type SourceState, stateOf } from "@/lib/source-health/state";

const day = 86_400_000;

export interface SourceSigns extends Signs {
  state: SourceState;
  /** Of the last 24 hours, as are `settled` and `failed`. */
  refused: number;
}

/** How sources fare as of `now`, by name, from their counted hours; each source has an answer. */
export async function readSigns(
  db: Kysely<Database>,
  names: readonly string[],
  now: Date,
): Promise<Map<string, SourceSigns>> {
  const rows = await readHours(db, names, now);
  return new Map(
    rows.map(({ source, active, ...row }) => {
      const expected = expectedBefore(active.map((hour) => hour * 3_600_000));
      const signs = { ...row, expectedBefore: expected === null ? null : new Date(expected) };
      return [source, { ...signs, state: stateOf(signs, now) }];
    }),
  );
}

interface Row extends Omit<Signs, "expectedBefore"> {
  source: string;
  /** Hours since 1970 in which something arrived. */
  active: number[];
  refused: number;
}

async function readHours(
  db: Kysely<Database>,
  names: readonly string[],
  now: Date,
): Promise<Row[]> {
  const since = new Date(now.getTime() - day);
  const { rows } = await sql<Row>`
    select s.source, latest.last_at as "lastDeliveryAt", refusal.refused_at as "refusedAt",
           coalesce(habit.active, '[]') as active, recent.*
    from unnest(${[...names]}::text[]) as s (source)
    left join lateral (
      select hour, last_at from source_hours h
      where h.source = s.source and last_at is not null order by hour desc limit 1
    ) latest on true
    left join lateral (
      select refused_at from source_hours h
      where h.source = s.source and refused_at is not null order by hour desc limit 1
    ) refusal on true
    left join lateral (
      select json_agg(extract(epoch from hour)::bigint / 3600 order by hour) as active
      from source_hours h
      where h.source = s.source and last_at is not null
        and hour > latest.hour - make_interval(secs => ${habitMilliseconds / 1000})
        and hour <= latest.hour
    ) habit on true
    cross join lateral (
      select coalesce(sum(accepted + ignored + failed), 0)::integer as settled,
             coalesce(sum(failed), 0)::integer as failed,
             coalesce(sum(refused), 0)::integer as refused
      from source_hours h where h.source = s.source and hour > ${since}
    ) recent`.execute(db);
  return rows;
}
