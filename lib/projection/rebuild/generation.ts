import { type Kysely, sql } from "kysely";
import { createDatabase, type DatabaseConnection } from "@/db/client";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import { factTables } from "@/lib/facts/digest";
import { markDirty } from "@/lib/facts/mark-dirty";
import { streamsMatched } from "@/lib/facts/save-assessment";

/** The schema in which the next generation is made, out of everybody's sight. */
export const nextSchema = "pushline_next";
/** Where the live tables are. */
export const liveSchema = "public";

/** What a generation is swapped by: the facts, and the statements that they come from. */
export const generationTables = {
  statements: ["delivery_id", "ordinal"],
  ...factTables,
} as const;
export type GenerationTable = keyof typeof generationTables;

/** Swapped as well, yet neither facts nor derived: how they came to be does not matter. */
export const meansTables = { revision_heights: ["repository", "revision"] } as const;

/** Neither facts nor derived, but what these are made by: copied, and taken over again at the end. */
const inputTables = ["assessments", "source_mappings"] as const;

/** Work that goes on beside the facts, of no interest once the generation is made. */
const workTables = [
  "streams",
  "metric_places",
  "metric_cells",
  "slo_measures",
  "slo_cells",
  "main_branches",
  "live_outbox",
] as const;

/**
 * Makes empty tables like the live ones, a copy of the inputs (assessments, the
 * sources' own rules), a place for the deliveries' outcomes, and one for how far it has
 * come. What a rebuild under another fingerprint left goes; what one under the
 * same left is gone on with: then it answers true.
 */
export async function createGeneration(
  db: Kysely<Database>,
  fingerprint: string,
): Promise<{ goesOn: boolean }> {
  if ((await fingerprintOfLeft(db)) === fingerprint) return { goesOn: true };
  const next = sql.id(nextSchema);
  await dropGeneration(db);
  await db.transaction().execute(async (trx) => {
    await sql`create schema ${next}`.execute(trx);
    for (const table of [
      ...Object.keys({ ...generationTables, ...meansTables }),
      ...workTables,
      ...inputTables,
    ])
      await sql`create unlogged table ${next}.${sql.table(table)} (like ${sql.table(table)} including all)`.execute(
        trx,
      );
    await sql`
      create unlogged table ${next}.rebuilt (
        id bigint primary key,
        outcome text not null,
        error_code text,
        error text,
        facts jsonb not null
      )`.execute(trx);
    for (const table of inputTables)
      await sql`insert into ${next}.${sql.table(table)} select * from ${sql.table(table)}`.execute(
        trx,
      );
    // Unlogged as the rest: where a crash of Postgres empties the tables, it empties this too.
    await sql`
      create unlogged table ${next}.rebuilding (
        fingerprint text not null,
        phase text not null,
        after text not null
      )`.execute(trx);
    await sql`insert into ${next}.rebuilding values (${fingerprint}, 'reading', '')`.execute(trx);
  });
  return { goesOn: false };
}

/** What was filled in one go, Postgres knows nothing of, and plans as though it were small. */
export async function analyzeGeneration(db: Kysely<Database>): Promise<void> {
  const tables = Object.keys({ ...generationTables, ...meansTables });
  await sql`analyze ${sql.join(tables.map((table) => sql.table(table)))}`.execute(db);
}

async function fingerprintOfLeft(db: Kysely<Database>): Promise<string | null> {
  const { rows: tables } = await sql`
    select from pg_tables where schemaname = ${nextSchema} and tablename = 'rebuilding'`.execute(
    db,
  );
  if (tables.length === 0) return null;
  const { rows } = await sql<{ fingerprint: string }>`
    select fingerprint from ${sql.id(nextSchema)}.rebuilding`.execute(db);
  return rows[0]?.fingerprint ?? null;
}

export async function dropGeneration(db: Kysely<Database>): Promise<void> {
  await sql`drop schema if exists ${sql.id(nextSchema)} cascade`.execute(db);
}

/** Connections to which the next generation's tables are the tables; deliveries are the live ones. */
export function openGeneration(url: string): DatabaseConnection {
  const there = new URL(url);
  const options = there.searchParams.get("options");
  const path = `-c search_path=${nextSchema},${liveSchema}`;
  there.searchParams.set("options", options ? `${options} ${path}` : path);
  return createDatabase(there.href, {
    max: 4,
    applicationName: "pushline-rebuild",
    statementTimeoutMs: 0,
  });
}

/** What a rebuild works in: the context of the next generation. */
export type Generation = Pick<Context, "db" | "config" | "clock">;

/** Takes over the assessments made since, and marks the streams that they concern. */
export async function refreshAssessments({ db, config }: Generation): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const live = sql`${sql.id(liveSchema)}.assessments`;
    const { rows } = await sql<{ incident_id: string }>`
      select incident_id from (
        (select * from ${live} except select * from assessments)
        union all
        (select * from assessments except select * from ${live})
      ) as differing`.execute(trx);
    const incidents = rows.map((row) => row.incident_id);
    if (incidents.length === 0) return;
    const { threshold } = config.matching;
    const before = await streamsMatched(trx, incidents, threshold);
    await sql`delete from assessments where incident_id = any(${incidents}::text[])`.execute(trx);
    await sql`
      insert into assessments select * from ${live} where incident_id = any(${incidents}::text[])`.execute(
      trx,
    );
    await markDirty(trx, [...before, ...(await streamsMatched(trx, incidents, threshold))]);
  });
}
