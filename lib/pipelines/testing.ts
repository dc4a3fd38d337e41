import type { Insertable, Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { BuildsTable, TestRunsTable } from "@/db/schema/attempts";

let serial = 0;

const reported = (id: string) => ({
  id,
  source: "ci",
  key: `ci/${id}`,
  repository: "acme/checkout",
  branch: "main",
  revision: id,
});

/** A finished build of ten minutes, but for what a test says. */
export async function insertBuild(
  db: Kysely<Database>,
  build: Omit<Partial<Insertable<BuildsTable>>, "finished_at"> & { finished_at: Date },
): Promise<void> {
  serial += 1;
  const id = `build-${serial}`;
  const started = new Date(build.finished_at.getTime() - 600_000);
  await db
    .insertInto("builds")
    .values({
      ...reported(id),
      name: "ci",
      attempt: null,
      status: "succeeded",
      queued_at: null,
      started_at: started,
      artifact: null,
      url: null,
      fallback: false,
      stages: "[]",
      ...build,
    })
    .execute();
}

/** A finished run of a minute, but for what a test says. */
export async function insertRun(
  db: Kysely<Database>,
  run: Omit<Partial<Insertable<TestRunsTable>>, "finished_at"> & { finished_at: Date },
): Promise<void> {
  serial += 1;
  const id = `run-${serial}`;
  await db
    .insertInto("test_runs")
    .values({
      ...reported(id),
      name: "unit",
      status: "succeeded",
      started_at: new Date(run.finished_at.getTime() - 60_000),
      tests: null,
      failed: null,
      skipped: null,
      flaky: null,
      coverage: null,
      cases: "[]",
      ...run,
    })
    .execute();
}
