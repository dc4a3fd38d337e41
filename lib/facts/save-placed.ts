import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { type FactRow, type Standing, saveById } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";
import type { Noun } from "@/lib/facts/types";

/** Where a fact stands or stood: its stream and its moment. Null where no service is known. */
export interface Placed {
  id: string;
  key: string;
  service: string | null;
  environment: string | null;
  tier: string | null;
  team: string | null;
  at: Date;
}

const moments = {
  releases: "at",
  alerts: "started_at",
  declared_incidents: "opened_at",
} as const;
type PlacedTable = keyof typeof moments;

/** Saves facts that stand in streams; answers every place that a changed one left or took. */
export async function savePlaced<N extends Noun, T extends PlacedTable>(
  trx: Transaction<Database>,
  table: T,
  facts: readonly Merged<N>[],
  toRow: (fact: Standing<N>) => FactRow<T>,
): Promise<Placed[]> {
  if (facts.length === 0) return [];
  const ids = facts.map((fact) => fact.id);
  const before = await readPlaces(trx, table, ids);
  const changed = await saveById<N, PlacedTable>(trx, table, facts, toRow);
  const after = await readPlaces(trx, table, [...changed]);
  return [...before.filter((place) => changed.has(place.id)), ...after];
}

async function readPlaces(
  trx: Transaction<Database>,
  table: PlacedTable,
  ids: readonly string[],
): Promise<Placed[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Placed>`
    select id, key, service, environment, tier, team, ${sql.ref(moments[table])} as at
    from ${sql.table(table)} where id = any(${[...ids]}::text[])`.execute(trx);
  return rows;
}
