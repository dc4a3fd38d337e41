import { type Kysely, sql } from "kysely";
import { expect, it, vi } from "vitest";
import type { Database } from "@/db/schema";
import { deriveDirtyStream } from "@/lib/projection/derive-stream";
import { holdProjection } from "@/lib/projection/locks";
import { contextOver, deliver, deploy, projectAll, push } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { historyConfig } from "@/lib/projection/testing-history";

const database = projectionDatabase();
const shop = "acme/checkout";
const stream = { service: "checkout", environment: "production" };
const context = () => contextOver(database.db, historyConfig);
/** Until somebody waits for a lock of this kind. */
const blocked = (locktype: string) =>
  vi.waitUntil(
    async () => {
      const { rows } = await sql`
        select from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where not l.granted and l.locktype = ${locktype} and a.datname = current_database()`.execute(
        database.db,
      );
      return rows.length > 0;
    },
    { timeout: 20_000, interval: 20 },
  );
/** Does `meanwhile` while `hold` holds what it took. */
const holding = (
  hold: (trx: Parameters<typeof holdProjection>[0]) => Promise<unknown>,
  meanwhile: (db: Kysely<Database>) => Promise<void>,
) =>
  database.db.transaction().execute(async (trx) => {
    await hold(trx);
    await meanwhile(database.db);
  });
const dirty = async () =>
  (
    await database.db
      .selectFrom("streams")
      .select("dirty_from")
      .where("service", "=", stream.service)
      .executeTakeFirst()
  )?.dirty_from;

it("a projector waits for the other, whose statements it would miss", async () => {
  await deliver(database.db, [push(shop, "09:00", null, [{ name: "c0", at: "08:50" }])]);
  let projecting: Promise<void> | undefined;
  await holding(holdProjection, async () => {
    projecting = projectAll(context());
    await blocked("advisory");
  });
  await projecting;
  expect(await database.db.selectFrom("commits").select("id").execute()).toHaveLength(1);
});

it("a stream marked while it is being derived stays dirty", async () => {
  await deliver(database.db, deploy(shop, 1, "c0", ["09:10", "09:11", "09:15"]));
  await projectAll(context());
  let deriving: Promise<unknown> | undefined;
  await holding(
    (trx) => sql`select from deployments for update`.execute(trx),
    async () => {
      deriving = deriveDirtyStream(context(), stream);
      await blocked("transactionid");
      await deliver(database.db, deploy(shop, 2, "c1", ["10:10", "10:11", "10:15"]));
      await projectAll(context());
    },
  );
  await deriving;
  expect(await dirty()).toBeInstanceOf(Date);
  await deriveDirtyStream(context(), stream);
  expect(await dirty()).toBeNull();
});

it("a stream is derived by one worker at a time", async () => {
  await deliver(database.db, deploy(shop, 1, "c0", ["09:10", "09:11", "09:15"]));
  await projectAll(context());
  let deriving: Promise<unknown> | undefined;
  await holding(
    (trx) => sql`select from deployments for update`.execute(trx),
    async () => {
      deriving = deriveDirtyStream(context(), stream);
      await blocked("transactionid");
      expect(await deriveDirtyStream(context(), stream)).toBeNull();
    },
  );
  expect(await deriving).not.toBeNull();
});
