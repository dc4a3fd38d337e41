import { createDatabase } from "@/db/client";
import { startBackfills } from "@/lib/backfill/worker";
import { testContext } from "@/lib/testing/context";

/** A process of its own that goes on with backfills, for a test to kill. */
const database = createDatabase(process.argv[2] ?? "", {
  max: 4,
  statementTimeoutMs: 30_000,
  applicationName: "backfills-child",
});
startBackfills(await testContext(database));
