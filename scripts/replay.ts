import { parseArgs } from "node:util";
import type { Context } from "@/lib/context";
import { applyReplays } from "@/lib/projection/replay/apply-replays";
import type { FactChange } from "@/lib/projection/replay/compare-facts";
import { previewReplay } from "@/lib/projection/replay/preview-replay";
import { adoptMappings } from "@/lib/projection/replay/save-mapping";
import { countChanges, readSourceReplay, replaySource } from "@/lib/settings/replay-source";
import { contextBeside } from "@/scripts/start/context-beside";
import { SettingsError } from "@/scripts/start/settings";

const usage = `npm run replay -- --source NAME [--preview]

Reads all that is kept of a source again, by its reader or mapping as they are now, beside a
running Pushline or alone. --preview tells which facts that would change, and changes none.`;
const sliceMilliseconds = 1_000;
const shownAtMost = 20;
const say = (line: string) => console.log(line);

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = error instanceof SettingsError ? 2 : 1;
});

async function main(given: string[]): Promise<void> {
  const { source, preview } = readOptions(given);
  await contextBeside(say, (context) =>
    preview ? tell(context, source) : replay(context, source),
  );
}

function readOptions(given: string[]): { source: string; preview: boolean } {
  try {
    const { values } = parseArgs({
      args: given,
      options: { source: { type: "string" }, preview: { type: "boolean", default: false } },
    });
    if (values.source) return { source: values.source, preview: values.preview };
  } catch {
    // Whatever was meant, the usage says what can be.
  }
  throw new SettingsError(usage);
}

/** All of them, however many: this process serves nobody else. */
async function tell({ db, config }: Context, source: string): Promise<void> {
  const draft = config.sources.find(({ name }) => name === source)?.mapping;
  let toldAt = performance.now();
  const { kept, looked, outcomes, changes } = await previewReplay(
    db,
    source,
    { draft, atMost: Number.POSITIVE_INFINITY },
    (read, of) => {
      if (performance.now() - toldAt < sliceMilliseconds) return;
      toldAt = performance.now();
      say(`  ${read} of ${of} deliveries read`);
    },
  );
  const { appears, changes: change, vanishes } = countChanges(changes);
  say(`${looked} of ${kept} kept deliveries were read, the newest first.`);
  for (const { from, to, deliveries } of outcomes) say(`  ${deliveries} from ${from} to ${to}`);
  say(`Facts that would appear: ${appears}, change: ${change}, vanish: ${vanishes}.`);
  for (const one of changes.slice(0, shownAtMost)) say(`  ${lineOf(one)}`);
  if (changes.length > shownAtMost) say(`  and ${changes.length - shownAtMost} more`);
}

function lineOf({ noun, key, change, members }: FactChange): string {
  const words = members.map(
    ({ name, before, after }) => `${name} ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
  );
  return `${noun} ${key} ${change}${change === "changes" ? `: ${words.join(", ")}` : ""}`;
}

async function replay(context: Context, source: string): Promise<void> {
  await adoptMappings(context);
  await replaySource(context, source);
  for (;;) {
    const step = await applyReplays(context, sliceMilliseconds);
    const { replay: last } = await readSourceReplay(context, source);
    say(
      `  ${last?.done} of ${last?.total} deliveries read, ${last?.changed} come to something else`,
    );
    if (step === "done") break;
  }
  say("Done. A running Pushline derives what hangs on it at once, any other at its next start.");
}
