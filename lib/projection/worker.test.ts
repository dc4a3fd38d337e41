import { describe, expect, it } from "vitest";
import { digestTables } from "@/lib/facts/digest";
import {
  alert,
  contextOver,
  deliver,
  forgetEverything,
  posted,
  settleAll,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { history, historyConfig, incidentOfFirstAlert } from "@/lib/projection/testing-history";
import { type ProjectionOptions, startProjection } from "@/lib/projection/worker";

const database = projectionDatabase();
const start = (options: ProjectionOptions = {}) =>
  startProjection(contextOver(database.db, historyConfig), { log: () => undefined, ...options });
const countLeft = async () => {
  const pending = await database.db
    .selectFrom("deliveries")
    .select("id")
    .where("outcome", "=", "pending")
    .execute();
  const dirty = await database.db
    .selectFrom("streams")
    .select("service")
    .where("dirty_from", "is not", null)
    .execute();
  return pending.length + dirty.length;
};

describe("the worker", () => {
  it("is idle when all is projected and derived, and again after more", async () => {
    const projection = start();
    for (const part of [history.slice(0, 30), history.slice(30)]) {
      await deliver(database.db, part);
      projection.wake();
      await projection.idle();
      expect(await countLeft()).toBe(0);
    }
    await projection.close();
  });

  it("two at once give what one gives", async () => {
    await deliver(database.db, history);
    await settleAll(contextOver(database.db, historyConfig));
    const expected = await digestTables(database.db);
    await forgetEverything(database.db);

    const workers = [start(), start()];
    for (let begin = 0; begin < history.length; begin += 10) {
      await deliver(database.db, history.slice(begin, begin + 10));
      for (const worker of workers) worker.wake();
    }
    await Promise.all(workers.map((worker) => worker.idle()));
    expect(await countLeft()).toBe(0);
    expect(await digestTables(database.db)).toEqual(expected);
    await Promise.all(workers.map((worker) => worker.close()));
  });

  it("hands each incident on after it has been stored, and waits for that to be idle", async () => {
    const seen: (string | undefined)[] = [];
    const projection = start({
      async onIncident(id) {
        const row = await database.db
          .selectFrom("incidents")
          .select("id")
          .where("id", "=", id)
          .executeTakeFirst();
        seen.push(row?.id);
      },
    });
    await deliver(database.db, [alert("HighErrorRate", "checkout", "1 10:20")]);
    await projection.idle();
    expect(seen).toEqual([incidentOfFirstAlert]);
    await projection.close();
  });

  it("goes on after its connections were cut", async () => {
    const lines: string[] = [];
    const projection = start({ log: (line) => lines.push(line) });
    await projection.idle();
    await deliver(database.db, history);
    projection.wake();
    for (let cuts = 0; cuts < 5; cuts++)
      await database.pool
        .query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid()`,
        )
        .catch(() => undefined);
    await projection.idle();
    expect(await countLeft()).toBe(0);
    await projection.close();
  });

  it("puts one poison among many aside and has the others done", async () => {
    const poison = posted("github", "github", "09:00", "{", { "x-github-event": "push" });
    await deliver(database.db, [...history, poison, ...history]);
    const projection = start();
    await projection.idle();
    const failed = await database.db
      .selectFrom("deliveries")
      .select("error_code")
      .where("outcome", "=", "failed")
      .execute();
    // The history has one of its own, and is there twice.
    expect(failed).toEqual(Array.from({ length: 3 }, () => ({ error_code: "not_json" })));
    await projection.close();
  });

  it("closes with work left, and another takes it up", async () => {
    await deliver(database.db, history);
    await start().close();
    const next = start();
    await next.idle();
    expect(await countLeft()).toBe(0);
    await next.close();
  });
});
