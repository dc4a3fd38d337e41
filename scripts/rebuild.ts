import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { adoptMappings } from "@/lib/projection/replay/save-mapping";
import { contextBeside } from "@/scripts/start/context-beside";

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
  await contextBeside(log, async (context, url) => {
    await adoptMappings(context);
    // By the rules of settings too: those are what live facts are placed by.
    const { config, clock } = context;
    const done = await rebuild({ url, config, clock, log, anew });
    log(`Digest before: ${done.before}`);
    log(`Digest after:  ${done.after}`);
    log(summary(done.differing));
  });
}

function summary(differing: Record<string, number>): string {
  const changed = Object.entries(differing).filter(([, rows]) => rows > 0);
  if (changed.length === 0) return "Every row is as it was.";
  return `Rows that differ now: ${changed.map(([table, rows]) => `${table} ${rows}`).join(", ")}.`;
}
