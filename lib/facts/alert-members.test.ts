import { randomBytes } from "node:crypto";
import { Migrator, sql } from "kysely";
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import { createDatabase, type DatabaseConnection } from "@/db/client";
import { migrations } from "@/db/migrations";
import { alertMemberId } from "@/lib/facts/keys";

const serverUrl = inject("templateUrl").replace(/\/template_pushline\b/, "/postgres");
const name = `alert_members_${randomBytes(6).toString("hex")}`;
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

it("an upgraded database knows its alerts by the ids that new ones get, and groups what was declared anew", async () => {
  const { db } = database;
  const migrate = (some: typeof migrations) =>
    new Migrator({ db, provider: { getMigrations: async () => some } }).migrateToLatest();
  await migrate(Object.fromEntries(Object.entries(migrations).filter(([key]) => key < "0023")));
  const keys = ["alerts/8f3a:2026-03-03T14:00:00.000Z", "grafana/größer als 2 %"];
  for (const [index, key] of keys.entries())
    await sql`
      insert into alerts (id, source, key, name, started_at)
      values (${`a${index}`}, 'alerts', ${key}, '', '2026-03-03T14:00:00Z')`.execute(db);
  await sql`
    insert into declared_incidents (id, source, key, service, environment, title, opened_at)
    values ('i', 'pager', 'pager/1', 'shop', 'production', '', '2026-03-03T14:00:00Z')`.execute(db);
  await sql`
    insert into streams (service, environment) values ('shop', 'production'), ('cart', 'production')`.execute(
    db,
  );
  expect((await migrate(migrations)).error).toBeUndefined();
  const alerts = await db.selectFrom("alerts").select("member_id").orderBy("id").execute();
  expect(alerts.map((row) => row.member_id)).toEqual(keys.map(alertMemberId));
  const streams = await db
    .selectFrom("streams")
    .select(["service", "dirty_from"])
    .orderBy("service")
    .execute();
  expect(streams).toEqual([
    { service: "cart", dirty_from: null },
    { service: "shop", dirty_from: new Date("2026-03-03T14:00:00Z") },
  ]);
});
