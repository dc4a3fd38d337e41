import pg from "pg";
import { migrateToLatest } from "@/db/migrate";

const templateName = "template_pushline";

/** Makes and migrates the template database; answers its address. */
export async function createTemplate(serverUrl: string): Promise<string> {
  await runAlone(serverUrl, `create database ${templateName}`);
  const url = withDatabase(serverUrl, templateName);
  await migrateToLatest(url);
  return url;
}

/** A database of its own, copied from the template. */
export async function cloneTemplate(templateUrl: string, name: string): Promise<string> {
  const serverUrl = withDatabase(templateUrl, "postgres");
  await runAlone(serverUrl, `create database ${name} template ${templateName}`);
  return withDatabase(templateUrl, name);
}

export async function dropDatabase(templateUrl: string, name: string): Promise<void> {
  await runAlone(withDatabase(templateUrl, "postgres"), `drop database ${name} with (force)`);
}

async function runAlone(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
