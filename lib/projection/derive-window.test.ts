import fc from "fast-check";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { defaultConfig } from "@/lib/config";
import { deriveDirtyStream, dirtyStreams } from "@/lib/projection/derive-stream";
import { contextOver, deliver, forgetEverything, projectAll } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { anyStory } from "@/lib/projection/testing-stories";

const config = {
  environments: [{ match: "prod-*", tier: null, group: "production" }],
  services: [],
};
const database = projectionDatabase({ ...defaultConfig, ...config });

/** Windows begin as late as they may. */
async function derive() {
  const context = contextOver(database.db, config);
  for (let rounds = 0; ; rounds += 1) {
    expect(rounds).toBeLessThan(50);
    const dirty = await dirtyStreams(context, 100);
    if (dirty.length === 0) return;
    for (const stream of dirty) await deriveDirtyStream(context, stream, 0);
  }
}

it("law: windows leave exactly the rows that deriving whole streams does, whatever is told when", async () => {
  const { db } = database;
  const context = contextOver(db, config);
  const parts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 80, maxLength: 80 });
  const property = fc.asyncProperty(anyStory, parts, async (story, sizes) => {
    await forgetEverything(db);
    let told = 0;
    for (const size of sizes) {
      const part = story.slice(told, told + size);
      if (part.length === 0) break;
      told += size;
      await deliver(db, part);
      await projectAll(context);
      await derive();
      if (told % 5 !== 0 && told < story.length) continue;
      const windowed = await snapshot();
      await sql`update streams set dirty_from = timestamptz 'epoch'`.execute(db);
      await derive();
      expect(windowed).toEqual(await snapshot());
    }
  });
  await fc.assert(property, { numRuns: 5, seed: 20261121, endOnFailure: true });
}, 180_000);

/** Every derived row, by table and key. */
async function snapshot() {
  const tables = {} as Record<string, string[]>;
  for (const table of [
    "deployments",
    "deployment_changes",
    "deployment_traces",
    "incidents",
    "alerts",
  ]) {
    const { rows } = await sql<{ row: string }>`
      select row_to_json(t)::text as row from ${sql.table(table)} t order by row_to_json(t)::text`.execute(
      database.db,
    );
    tables[table] = rows.map(({ row }) => row);
  }
  return tables;
}
