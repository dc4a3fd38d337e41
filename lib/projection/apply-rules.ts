import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import { saveFacts } from "@/lib/facts/save-facts";
import { type FactKey, mergeFacts } from "@/lib/facts/statements";
import { holdProjection } from "@/lib/projection/locks";
import { markEveryStream } from "@/lib/projection/mark-every-stream";
import { rulesOf } from "@/lib/projection/rules";
import { endProgress, saveProgress } from "@/lib/projection/work-progress";

const setting = "rules";
const factsAtOnce = 500;
const placed = [
  { table: "deployment_reports", noun: "deployment" },
  { table: "releases", noun: "release" },
  { table: "alerts", noun: "alert" },
  { table: "declared_incidents", noun: "incident" },
] as const;

/** Where the placing of facts by new rules stands; kept, so that a stopped one goes on. */
interface Place extends Record<string, unknown> {
  rules: string;
  /** Of `placed`. */
  table: number;
  after: string;
  done: number;
  total: number;
}

/**
 * Works for about so many milliseconds on what changed rules ask for: where they
 * are not those that the facts were last saved by, every fact gets its place anew
 * and then every stream is marked for derivation. "more" asks to be called again;
 * pages stay whole meanwhile, and see how far it is. Any number of workers may
 * call it: each batch is one transaction under the projection's lock.
 */
export async function applyRules(
  context: Pick<Context, "db" | "config">,
  milliseconds: number,
): Promise<"applied" | "more" | "done"> {
  const { db, config } = context;
  const rules = rulesOf(config);
  if ((await readSetting(db)) === rules) return "done";
  const begun = performance.now();
  for (;;) {
    const step = await db.transaction().execute(async (trx) => {
      await holdProjection(trx);
      // Another worker may have ended it meanwhile.
      if ((await readSetting(trx)) === rules) return "done";
      return placeNext(trx, config, await readPlace(trx, rules));
    });
    if (step !== "more") return step;
    if (performance.now() - begun > milliseconds) return step;
  }
}

async function placeNext(
  trx: Transaction<Database>,
  config: Context["config"],
  place: Place,
): Promise<"applied" | "more" | "done"> {
  const current = placed[place.table];
  if (!current || place.total === 0) return finish(trx, place);
  const keys = await nextKeys(trx, current.table, current.noun, place.after);
  const last = keys.at(-1);
  if (last) await saveFacts(trx, config, await mergeFacts(trx, keys));
  const done = place.done + keys.length;
  await keepPlace(
    trx,
    last ? { ...place, after: last.id, done } : { ...place, table: place.table + 1, after: "" },
  );
  return "more";
}

async function finish(
  trx: Transaction<Database>,
  { rules, total }: Place,
): Promise<"applied" | "done"> {
  await writeSetting(trx, rules);
  if (total === 0) {
    await endProgress(trx, "rules");
    return "done";
  }
  await markEveryStream(trx);
  const streams = await countWaiting(trx);
  await saveProgress(trx, "rules", { phase: "deriving", done: 0, total: streams });
  return "applied";
}

/** Tells how many of the streams that new rules marked are derived; false once all are. */
export async function followRules({ db }: Pick<Context, "db">): Promise<boolean> {
  const row = await db
    .selectFrom("work_progress")
    .select(["done", "total"])
    .where("work", "=", "rules")
    .where("phase", "=", "deriving")
    .executeTakeFirst();
  if (!row) return false;
  const waiting = await countWaiting(db);
  const done = row.total - waiting;
  if (waiting === 0) await endProgress(db, "rules");
  else if (done > row.done)
    await saveProgress(db, "rules", { phase: "deriving", done, total: row.total });
  return waiting > 0;
}

/** Streams that are to be derived from their beginning. */
async function countWaiting(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from streams where dirty_from = timestamptz 'epoch'`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Rules that changed again meanwhile begin from the beginning. */
async function readPlace(trx: Transaction<Database>, rules: string): Promise<Place> {
  const row = await trx
    .selectFrom("work_progress")
    .select("place")
    .where("work", "=", "rules")
    .executeTakeFirst();
  const kept = row?.place as Partial<Place> | undefined;
  if (kept?.rules === rules) return kept as Place;
  return { rules, table: 0, after: "", done: 0, total: await countPlaced(trx) };
}

async function countPlaced(trx: Transaction<Database>): Promise<number> {
  const counts = sql.join(
    placed.map(({ table }) => sql`(select count(*) from ${sql.table(table)})`),
    sql` + `,
  );
  const { rows } = await sql<{ count: number }>`select ${counts} as count`.execute(trx);
  return rows[0]?.count ?? 0;
}

async function keepPlace(trx: Transaction<Database>, place: Place): Promise<void> {
  const { done, total } = place;
  await saveProgress(trx, "rules", { phase: "facts", done, total, place });
}

async function nextKeys(
  db: Kysely<Database>,
  table: (typeof placed)[number]["table"],
  noun: (typeof placed)[number]["noun"],
  after: string,
): Promise<FactKey[]> {
  const rows = await db
    .selectFrom(table)
    .select(["id", "key"])
    .where("id", ">", after)
    .orderBy("id")
    .limit(factsAtOnce)
    .execute();
  return rows.map((row) => ({ ...row, noun }));
}

async function readSetting(db: Kysely<Database>): Promise<string | null> {
  const row = await db
    .selectFrom("instance_settings")
    .select("value")
    .where("name", "=", setting)
    .executeTakeFirst();
  return row?.value ?? null;
}

async function writeSetting(db: Kysely<Database>, value: string): Promise<void> {
  await db
    .insertInto("instance_settings")
    .values({ name: setting, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute();
}
