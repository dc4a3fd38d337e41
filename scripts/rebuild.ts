import { systemClock } from "@/lib/clock";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { joinDatabase } from "@/scripts/start/open-database";
import { readSettings } from "@/scripts/start/settings";

const log = (line: string) => console.log(line);
const anew = process.argv.includes("--anew");

main().catch((error: unknown) => {
  console.error(
    `\nNothing was changed; what was done is kept, and the next rebuild goes on from there.\n${error instanceof Error ? error.message : error}`,
  );
  process.exitCode = 1;
});

/**
 * npm run rebuild [-- --anew]: all facts anew from what was delivered, beside a running
 * Pushline or alone. It goes on where the last one was stopped; --anew begins again.
 */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const database = await joinDatabase(settings, log);
  try {
    const { config } = settings;
    const done = await rebuild({ url: database.url, config, clock: systemClock, log, anew });
    log(`Digest before: ${done.before}`);
    log(`Digest after:  ${done.after}`);
    log(summary(done.differing));
  } finally {
    await database.close();
  }
}

function summary(differing: Record<string, number>): string {
  const changed = Object.entries(differing).filter(([, rows]) => rows > 0);
  if (changed.length === 0) return "Every row is as it was.";
  return `Rows that differ now: ${changed.map(([table, rows]) => `${table} ${rows}`).join(", ")}.`;
}
