import type { BackfillAnswer } from "@/lib/backfill/backfill-answer";
import { backfillFromApi, leftOutLines, lineOf } from "@/scripts/backfill/from-api";
import { backfillFromClone } from "@/scripts/backfill/from-clone";
import { type Options, readOptions, tokenVariable, usage } from "@/scripts/backfill/options";
import { BackfillError } from "@/scripts/backfill/send-events";
import { openContext } from "@/scripts/start/open-context";
import { joinDatabase } from "@/scripts/start/open-database";
import { readSettings, SettingsError } from "@/scripts/start/settings";
import { readVaultKey } from "@/scripts/start/vault-key";

const clear = process.stdout.isTTY ? "\r\u001b[K" : "";
const say = (line: string) => console.log(`${clear}${line}`);
let shown = "";
/** On a terminal a line that the next one replaces; elsewhere only what is new. */
const show = (line: string) => {
  if (process.stdout.isTTY)
    process.stdout.write(`${clear}${line.slice(0, process.stdout.columns)}`);
  else if (line !== shown) console.log(line);
  shown = line;
};

main().catch((error: unknown) => {
  const isForPeople = error instanceof BackfillError || error instanceof SettingsError;
  console.error(`\n${isForPeople ? error.message : error instanceof Error ? error.stack : error}`);
  process.exitCode = isForPeople ? 2 : 1;
});

/** npm run backfill: what happened before Pushline was there. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.kind === "help") console.log(usage);
  else if (options.kind === "git") await backfillFromClone(options, say, show);
  else await besideOrAlone(options);
}

/** In the database of a running Pushline, or in its own where none runs. */
async function besideOrAlone(options: Extract<Options, { kind: "api" }>): Promise<void> {
  const settings = readSettings(process.env);
  const database = await joinDatabase(settings, say);
  const ending = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => ending.abort());
  try {
    const { context, close } = await openContext(
      database.url,
      {
        config: settings.config,
        site: { baseUrl: settings.baseUrl, withoutSignIn: false },
        vaultKey: readVaultKey(settings.secretKey, database.dataFolder),
      },
      say,
    );
    try {
      if (options.token === null)
        say(`No ${tokenVariable(options.provider)} is set: asked without a token.`);
      tell(await backfillFromApi(context, options, show, ending.signal));
    } finally {
      await close();
    }
  } finally {
    await database.close();
  }
}

const outcomes: Record<BackfillAnswer["state"], string> = {
  done: "Done. A running Pushline reads what is new at once.",
  running: "Not done yet: a running Pushline goes on with it, and so does this command.",
  paused: "It was paused; this command goes on with it.",
  failed: "It could not go on; when that is put right, this command goes on with it.",
  stopped: "It was stopped; this command begins anew, and asks for what is not there yet.",
};

function tell(ended: BackfillAnswer): void {
  say(lineOf(ended));
  for (const line of leftOutLines(ended)) say(line);
  if (ended.state !== "done") process.exitCode = 1;
  say(outcomes[ended.state]);
}
