import { randomBytes } from "node:crypto";
import { Migrator, sql } from "kysely";
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import { createDatabase, type DatabaseConnection } from "@/db/client";
import { migrations } from "@/db/migrations";

const serverUrl = inject("templateUrl").replace(/\/template_pushline\b/, "/postgres");
const name = `what_waits_${randomBytes(6).toString("hex")}`;
const options = { max: 1, statementTimeoutMs: 0, applicationName: "test" };
let database: DatabaseConnection;
beforeEach(async () => {
  const server = createDatabase(serverUrl, options);
  await sql`create database ${sql.id(name)}`.execute(server.db);
  await server.close();
  database = createDatabase(serverUrl.replace("/postgres?", `/${name}?`), options);
});
afterEach(async () => {
  await database.close();
  const server = createDatabase(serverUrl, options);
  await sql`drop database ${sql.id(name)} with (force)`.execute(server.db);
  await server.close();
});

it("asks for those judgements alone that an upgraded database lacks", async () => {
  const { db } = database;
  const before = Object.entries(migrations).filter(([key]) => key < "0024");
  const migrate = (some: typeof migrations) =>
    new Migrator({ db, provider: { getMigrations: async () => some } }).migrateToLatest();
  await migrate(Object.fromEntries(before));
  for (const [id, end] of [
    ["fresh", null],
    ["begun", null],
    ["over", "2026-03-03T15:00:00Z"],
    ["done", "2026-03-03T15:00:00Z"],
  ])
    await sql`
      insert into incidents (id, title, opened_at, first_sign_at, resolved_at, members)
      values (${id}, '', '2026-03-03T14:00:00Z', '2026-03-03T14:00:00Z', ${end}, array[${id}])`.execute(
      db,
    );
  const all = ["opened", "after_5_minutes", "after_30_minutes", "resolved"];
  for (const [incident, made] of [
    ["begun", all.slice(0, 2)],
    ["over", all.slice(0, 3)],
    ["done", all],
  ] as const)
    for (const occasion of made)
      await sql`
        insert into assessments (incident_id, occasion, assessed_at, model, suspects)
        values (${incident}, ${occasion}, '2026-03-03T14:01:00Z', 'm', '[]')`.execute(db);
  const { error } = await migrate(migrations);
  expect(error).toBeUndefined();
  const { rows } = await sql`
    select incident_id, occasion, due_at from awaited_judgements order by 1, 2`.execute(db);
  expect(rows).toEqual([
    {
      incident_id: "begun",
      occasion: "after_30_minutes",
      due_at: new Date("2026-03-03T14:31:00Z"),
    },
    { incident_id: "fresh", occasion: "opened", due_at: new Date("2026-03-03T14:00:00Z") },
    { incident_id: "over", occasion: "resolved", due_at: new Date("2026-03-03T15:00:00Z") },
  ]);
});
