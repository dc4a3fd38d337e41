import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { migrateToLatest } from "@/db/migrate";
import { migrations } from "@/db/migrations";

const serverUrl = inject("templateUrl").replace(/\/template_pushline\b/, "/postgres");
let name: string;
let url: string;
beforeEach(async () => {
  name = `migrate_${randomBytes(6).toString("hex")}`;
  url = serverUrl.replace("/postgres?", `/${name}?`);
  await run(serverUrl, `create database ${name}`);
});
afterEach(() => run(serverUrl, `drop database ${name} with (force)`));

async function run(address: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

describe("migrateToLatest", () => {
  it("runs every migration once, in order", async () => {
    expect(await migrateToLatest(url)).toEqual(Object.keys(migrations).sort());
    expect(await migrateToLatest(url)).toEqual([]);
  });

  it("runs each once although several processes migrate at the same time", async () => {
    const ran = await Promise.all([1, 2, 3, 4].map(() => migrateToLatest(url)));
    expect(ran.flat().sort()).toEqual(Object.keys(migrations).sort());
  });

  it("refuses a database of a newer version", async () => {
    await migrateToLatest(url);
    await run(
      url,
      "insert into kysely_migration (name, timestamp) values ('9999-future', '2026-01-01')",
    );
    await expect(migrateToLatest(url)).rejects.toThrow(/made by another version of Pushline/);
  });
});
