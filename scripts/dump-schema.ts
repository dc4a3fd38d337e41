import { readFileSync, writeFileSync } from "node:fs";
import { createDatabase } from "@/db/client";
import { describeSchema } from "@/db/describe-schema";
import { migrateToLatest } from "@/db/migrate";
import { startTemporaryPostgres } from "@/db/testing/postgres";

const file = "db/schema.sql";
const heading =
  "-- Dumped from the migrations by scripts/dump-schema.ts; never edited by hand.\n\n";

const text = heading + (await dump());
if (!process.argv.includes("--check")) {
  writeFileSync(file, text);
  console.log(`Wrote ${file}.`);
} else if (readIfThere() !== text) {
  console.error(
    `${file} is not what the migrations make. Run: npx tsx scripts/dump-schema.ts\n${firstDifference(readIfThere(), text)}`,
  );
  process.exitCode = 1;
} else {
  console.log(`${file} is what the migrations make.`);
}

async function dump(): Promise<string> {
  const postgres = await startTemporaryPostgres();
  try {
    await migrateToLatest(postgres.url);
    const { db, close } = createDatabase(postgres.url, {
      max: 2,
      statementTimeoutMs: 30_000,
      applicationName: "dump-schema",
    });
    return await describeSchema(db).finally(close);
  } finally {
    await postgres.stop();
  }
}

function readIfThere(): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function firstDifference(kept: string, made: string): string {
  const keptLines = kept.split("\n");
  const madeLines = made.split("\n");
  const index = madeLines.findIndex((line, at) => line !== keptLines[at]);
  const at = index === -1 ? madeLines.length : index;
  return `  line ${at + 1} of the file: ${keptLines[at] ?? "(end)"}\n  from the migrations:  ${madeLines[at] ?? "(end)"}`;
}
