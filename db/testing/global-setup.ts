import type { TestProject } from "vitest/node";
import { startTemporaryPostgres } from "@/db/testing/postgres";
import { createTemplate } from "@/db/testing/template";

declare module "vitest" {
  export interface ProvidedContext {
    /** Leads to the migrated template of the run's Postgres. */
    templateUrl: string;
  }
}

/** One Postgres for the whole run, with a migrated template that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTemporaryPostgres();
  try {
    project.provide("templateUrl", await createTemplate(postgres.url));
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return () => postgres.stop();
}
