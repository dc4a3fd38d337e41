import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import type { Context } from "@/lib/context";
import { contentHash } from "@/lib/facts/canonical";
import { saveFacts } from "@/lib/facts/save-facts";
import { type FactKey, mergeFacts } from "@/lib/facts/statements";
import { holdProjection } from "@/lib/projection/locks";

const setting = "rules";
const factsAtOnce = 500;
const placed = [
  { table: "deployments", noun: "deployment" },
  { table: "releases", noun: "release" },
  { table: "alerts", noun: "alert" },
  { table: "declared_incidents", noun: "incident" },
] as const;

/**
 * Where the rules of pushline.yaml are not those that the facts were last saved
 * by, gives every fact its place anew and has all streams derived. Answers
 * whether it did. Ended halfway, it begins again at the next start.
 */
export async function applyRules(context: Pick<Context, "db" | "config">): Promise<boolean> {
  const { db, config } = context;
  const rules = rulesOf(config);
  if ((await readSetting(db)) === rules) return false;
  let facts = 0;
  for (const { table, noun } of placed)
    for (let after = ""; ; ) {
      const keys = await nextKeys(db, table, noun, after);
      if (keys.length === 0) break;
      after = keys.at(-1)?.id ?? after;
      facts += keys.length;
      await db.transaction().execute(async (trx) => {
        await holdProjection(trx);
        await saveFacts(trx, config, await mergeFacts(trx, keys));
      });
    }
  await sql`
    update streams set dirty_from = coalesce(dirty_from, timestamptz 'epoch'), marked = marked + 1`.execute(
    db,
  );
  await writeSetting(db, rules);
  return facts > 0;
}

/**
 * What resolving, grouping and derivation read of the configuration. The names of
 * sources are not among it: one that is new has sent nothing, one that is gone is kept.
 */
function rulesOf({ services, environments, incidents, matching }: Config): string {
  return contentHash({ services, environments, incidents, matching });
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
