import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Merged } from "@/lib/facts/statements";
import type { Noun } from "@/lib/facts/types";

/** Columns as JSON writes them: times are RFC 3339 texts, lists are lists. */
export type FactRow<T extends keyof Database> = { [C in keyof Database[T]]?: unknown };

/**
 * Writes rows that differ from the stored ones, in the order of their keys so
 * that two writers never wait for each other in a circle. Every row must have
 * the same columns; those left out are not touched. Answers the written keys.
 */
export async function upsertRows<T extends keyof Database>(
  trx: Transaction<Database>,
  table: T,
  rows: readonly FactRow<T>[],
  keys: readonly (keyof Database[T] & string)[],
  /** Columns that only a new row takes from here. */
  onlyNew: readonly (keyof Database[T] & string)[] = [],
): Promise<string[]> {
  const [first] = rows;
  const [identity] = keys;
  if (!first || !identity) return [];
  const names = Object.keys(first);
  const columns = sql.join(names.map((name) => sql.ref(name)));
  const kept: readonly string[] = [...keys, ...onlyNew];
  const others = names.filter((name) => !kept.includes(name));
  const stored = sql.join(others.map((name) => sql.ref(`${table}.${name}`)));
  const incoming = sql.join(others.map((name) => sql.ref(`excluded.${name}`)));
  const changes = sql.join(
    others.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`),
  );
  const key = sql.join(keys.map((name) => sql.ref(name)));
  const { rows: written } = await sql<{ key: string }>`
    insert into ${sql.table(table)} (${columns})
    select ${columns}
    from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)
    order by ${key}
    on conflict (${key}) do update set ${changes}
    where (${stored}) is distinct from (${incoming})
    returning ${sql.ref(identity)} as key`.execute(trx);
  return written.map((row) => row.key);
}

/** Deletes by key; answers the keys that were there. */
export async function deleteRows<T extends keyof Database>(
  trx: Transaction<Database>,
  table: T,
  identity: keyof Database[T] & string,
  values: readonly string[],
): Promise<string[]> {
  if (values.length === 0) return [];
  const { rows } = await sql<{ key: string }>`
    delete from ${sql.table(table)} where ${sql.ref(identity)} = any(${[...values]}::text[])
    returning ${sql.ref(identity)} as key`.execute(trx);
  return rows.map((row) => row.key);
}

/** Saves one noun's facts: what merges to nothing goes. Answers the public ids that changed. */
export async function saveById<N extends Noun, T extends keyof Database>(
  trx: Transaction<Database>,
  table: T & ("id" extends keyof Database[T] ? T : never),
  facts: readonly Merged<N>[],
  toRow: (fact: Standing<N>) => FactRow<T>,
): Promise<Set<string>> {
  const standing = facts.filter(stands);
  const fallen = facts.filter((fact) => !stands(fact)).map((fact) => fact.id);
  const identity = "id" as keyof Database[T] & string;
  const written = await upsertRows(trx, table as T, standing.map(toRow), [identity]);
  const removed = await deleteRows(trx, table as T, identity, fallen);
  return new Set([...written, ...removed]);
}

export type Standing<N extends Noun> = Merged<N> & { fact: NonNullable<Merged<N>["fact"]> };

export function stands<N extends Noun>(merged: Merged<N>): merged is Standing<N> {
  return merged.fact !== null;
}

/** The configured source that a natural key begins with. */
export function sourceOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}
