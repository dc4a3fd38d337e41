import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Places } from "@/lib/metrics/places";

/**
 * The places of which anything was ever told. Cells of all others stay unmade: whoever
 * may ask could fill the database with names that nobody bears.
 */
export async function knownPlaces(db: Kysely<Database>, places: Places): Promise<Places> {
  const { by } = places;
  const [names, environments] = await Promise.all([
    by === "all" ? places.names : namesKnown(db, by, places.names),
    environmentsKnown(db, places.environments),
  ]);
  return { ...places, names, environments };
}

function namesKnown(db: Kysely<Database>, by: "team" | "service", names: readonly string[]) {
  const column = sql.ref(by);
  return known(
    db,
    names,
    sql`exists (select from deployments where ${column} = name)
      or exists (select from releases where ${column} = name)`,
  );
}

/** Streams are few; deployments are searched only for what is in no stream. */
async function environmentsKnown(
  db: Kysely<Database>,
  environments: readonly string[],
): Promise<string[]> {
  const ofStreams = await known(
    db,
    environments,
    sql`name = '' or name in (select environment from streams)`,
  );
  const others = environments.filter((name) => !ofStreams.includes(name));
  if (others.length === 0) return ofStreams;
  const ofRows = await known(
    db,
    others,
    sql`name in (select environment from deployments where environment = any(${others}::text[])
      union select environment from releases where environment = any(${others}::text[]))`,
  );
  return [...ofStreams, ...ofRows];
}

async function known(
  db: Kysely<Database>,
  names: readonly string[],
  condition: RawBuilder<unknown>,
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${[...names]}::text[]) as name where ${condition}`.execute(db);
  return rows.map(({ name }) => name);
}
