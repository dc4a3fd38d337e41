import fc from "fast-check";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { defaultConfig } from "@/lib/config";
import { publicId } from "@/lib/facts/keys";
import { deriveDirtyStream, dirtyStreams } from "@/lib/projection/derive-stream";
import {
  clock,
  contextOver,
  deliver,
  forgetEverything,
  native,
  projectAll,
  sha,
} from "@/lib/projection/testing";
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

it("a change days later that names an incident nobody closed is an answer to its failure", async () => {
  const { db } = database;
  const context = contextOver(db, config);
  const minutes = [540, 600, 2 * 1_440, 3 * 1_440, 4 * 1_440];
  const told = (index: number, message: string) => {
    const at = new Date(Date.parse(clock("00:00")) + (minutes[index] ?? 0) * 60_000);
    const code = { repository: "acme/shop", revision: sha(`c${index}`) };
    const parents = index === 0 ? [] : [sha(`c${index - 1}`)];
    const deployed = { ...code, service: "shop", environment: "production", status: "succeeded" };
    return native("09:00", [
      { type: "change", id: `c${index}`, ...code, parents, authoredAt: at, message },
      { type: "deployment", id: `d${index}`, ...deployed, startedAt: at, finishedAt: at },
    ]);
  };
  const incident = native("09:00", {
    type: "incident",
    id: "i1",
    service: "shop",
    environment: "production",
    title: "Orders fail",
    openedAt: clock("10:10"),
    cause: "d1",
  });
  const rest = [told(2, "Colours"), told(3, "Fonts"), told(4, "Mend what makes Orders fail")];
  for (const one of [told(0, "Begin"), told(1, "Taxes"), incident, ...rest]) {
    await deliver(db, [one]);
    await projectAll(context);
    await derive();
  }
  expect(await database.deployment("pipeline", "d1")).toMatchObject({
    failed: true,
    remedies: [{ kind: "fix_forward", deployment: publicId("deployment", "pipeline/d4") }],
  });
});

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
