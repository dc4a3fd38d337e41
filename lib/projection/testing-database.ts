import { afterAll, beforeAll, beforeEach } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import type { Config } from "@/lib/config";
import { publicId } from "@/lib/facts/keys";
import {
  contextOver,
  deliver,
  forgetEverything,
  type Posted,
  settleAll,
} from "@/lib/projection/testing";
import { historyConfig } from "@/lib/projection/testing-history";

/** A database for the tests of one file, emptied before each, and what senders tell it. */
export function projectionDatabase(config: Partial<Config> = historyConfig) {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => forgetEverything(database.db));
  return {
    get db() {
      return database.db;
    },
    get pool() {
      return database.pool;
    },
    get url() {
      return database.url;
    },
    /** Delivers, projects and derives; answers the deliveries' ids. */
    async told(...deliveries: Posted[]): Promise<number[]> {
      const ids = await deliver(database.db, deliveries);
      await settleAll(contextOver(database.db, config));
      return ids;
    },
    /** By its source and the id that its sender gave it. */
    deployment: (source: string, id: string) =>
      database.db
        .selectFrom("deployments")
        .selectAll()
        .where("id", "=", publicId("deployment", `${source}/${id}`))
        .executeTakeFirstOrThrow(),
  };
}
