import { type Kysely, sql } from "kysely";

/** By what a person may name one alert of an incident, and what was parted from it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table alerts add column member_id text`.execute(db);
  // As lib/facts/keys makes it: 96 bits of the hash of a noun, a zero byte and the natural key.
  await sql`
    update alerts set member_id = left(encode(sha256(
      convert_to('incident', 'UTF8') || '\\x00'::bytea || convert_to('alert:' || key, 'UTF8')
    ), 'hex'), 24)`.execute(db);
  await sql`alter table alerts alter column member_id set not null`.execute(db);
  await sql`create index alerts_by_member on alerts (member_id)`.execute(db);
  await sql`alter table incidents add column apart text[] not null default '{}'`.execute(db);
  // Whatever was declared may be one with what another source told.
  await sql`
    update streams s set dirty_from = least(s.dirty_from, d.first), marked = s.marked + 1
    from (
      select coalesce(service, '') as service, coalesce(environment, '') as environment,
        min(opened_at) as first
      from declared_incidents group by 1, 2
    ) d
    where s.service = d.service and s.environment = d.environment`.execute(db);
}
