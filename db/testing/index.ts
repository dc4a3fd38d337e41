import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { createDatabase, type DatabaseConnection } from "@/db/client";
import { cloneTemplate, dropDatabase } from "@/db/testing/template";

export interface TestDatabase extends DatabaseConnection {
  /** For what opens its own connections; this database alone. */
  url: string;
}

/**
 * A migrated, empty Postgres database of the test file's own. Take it in
 * `beforeAll` (or at the top level) and `close()` it in `afterAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const templateUrl = inject("templateUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const url = await cloneTemplate(templateUrl, name);
  const connection = createDatabase(url, {
    max: 8,
    statementTimeoutMs: 30_000,
    applicationName: name,
  });
  return {
    ...connection,
    url,
    async close() {
      await connection.close();
      await dropDatabase(templateUrl, name);
    },
  };
}
