import { parseArgs } from "node:util";
import { createDatabase } from "@/db/client";
import { offerRecovery } from "@/lib/auth/set-up/offer-set-up";
import { hasAccount } from "@/lib/auth/set-up/recover-account";
import { systemClock } from "@/lib/clock";
import { localAddress } from "@/scripts/start/announce";
import { joinDatabase } from "@/scripts/start/open-database";
import { readSettings, SettingsError } from "@/scripts/start/settings";

const usage = `npm run admin -- reset [--email ada@example.com]

Prints an address, good for one use within 60 minutes, at which the account of an
e-mail gets a new password and is an admin, or a new admin is made.`;

const log = (line: string) => console.log(line);

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`\nNothing was changed.\n${error instanceof Error ? error.message : error}`);
  process.exitCode = error instanceof SettingsError ? 2 : 1;
});

/** npm run admin: for whoever has lost every admin but not the machine; beside a running Pushline or alone. */
async function main(given: string[]): Promise<void> {
  const email = readEmail(given);
  const settings = readSettings(process.env);
  const database = await joinDatabase(settings, log);
  const { db, close } = createDatabase(database.url, {
    max: 1,
    statementTimeoutMs: 30_000,
    applicationName: "pushline-admin",
  });
  try {
    const base = settings.baseUrl ?? localAddress(settings.host, settings.port);
    const isKnown = email !== null && (await hasAccount(db, email));
    const address = await offerRecovery({ db, clock: systemClock }, base);
    log(`\nOpen this while Pushline runs, once, within 60 minutes:\n\n  ${address}\n`);
    log(effect(email, isKnown));
  } finally {
    await close();
    await database.close();
  }
}

function effect(email: string | null, isKnown: boolean): string {
  if (email === null)
    return "With the e-mail of an account by password it replaces that password; with another it makes a new admin.";
  return isKnown
    ? `With the e-mail ${email} it replaces that account's password, ends its sessions and makes it an admin.`
    : `No account signs in by password with ${email}: it makes a new admin.`;
}

function readEmail(given: string[]): string | null {
  try {
    const { values, positionals } = parseArgs({
      args: given,
      options: { email: { type: "string" } },
      allowPositionals: true,
    });
    if (positionals.join(" ") === "reset") return values.email ?? null;
  } catch {
    // Told below, with what is right.
  }
  throw new SettingsError(usage);
}
