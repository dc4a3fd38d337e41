import { sql } from "kysely";
import { expect, it } from "vitest";
import { migrations } from "@/db/migrations/index";
import { digestTables } from "@/lib/facts/digest";
import { applyRules } from "@/lib/projection/apply-rules";
import { contextOver, deriveAll } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { historyConfig } from "@/lib/projection/testing-history";
import { before, byArgocd, byGithub, byLine } from "@/lib/projection/testing-reports";

const database = projectionDatabase();
const forever = Number.POSITIVE_INFINITY;

/** The tables as they were when each report was a deployment. */
async function forgetReports(): Promise<void> {
  const { db } = database;
  await sql`delete from deployments`.execute(db);
  await sql`
    insert into deployments (id, source, key, status, queued_at, started_at, finished_at, url,
      raw_service, raw_environment, service, environment, tier, team, repository, branch, revision,
      version, artifact, author, description, time_from_receipt, at)
    select id, source, key, status, queued_at, started_at, finished_at, url, raw_service,
      raw_environment, service, environment, tier, team, repository, branch, revision, version,
      artifact, author, description, time_from_receipt, at
    from deployment_reports`.execute(db);
  await sql`drop table deployment_reports`.execute(db);
  await sql`alter table deployments drop column members`.execute(db);
}

it("an upgraded database joins its history as if it had come anew, and only once", async () => {
  const { db } = database;
  const context = contextOver(db, historyConfig);
  expect(await applyRules(context, forever)).toBe("done");
  await database.told(...before, ...byGithub, byLine(), ...byArgocd);
  await deriveAll(context);
  const expected = await digestTables(db);
  await forgetReports();

  await migrations["0022-deployment-reports"]?.up(db);
  const count = () => db.selectFrom("deployments").select("id").execute();
  expect(await count()).toHaveLength(4);
  expect(await applyRules(context, forever)).toBe("applied");
  await deriveAll(context);
  expect(await count()).toHaveLength(2);
  expect(await digestTables(db)).toEqual(expected);
  expect(await applyRules(context, forever)).toBe("done");
});
