import type { Context } from "@/lib/context";
import { openContext } from "@/scripts/start/open-context";
import { joinDatabase } from "@/scripts/start/open-database";
import { readSettings } from "@/scripts/start/settings";
import { readVaultKey } from "@/scripts/start/vault-key";

/**
 * Runs a script's work in the database of a running Pushline, or in its own where none runs:
 * with pushline.yaml and what was set up in settings beside it. Throws SettingsError.
 */
export async function contextBeside<Result>(
  log: (line: string) => void,
  work: (context: Context, url: string) => Promise<Result>,
): Promise<Result> {
  const settings = readSettings(process.env);
  const database = await joinDatabase(settings, log);
  try {
    const { context, close } = await openContext(
      database.url,
      {
        config: settings.config,
        site: { baseUrl: settings.baseUrl, withoutSignIn: false },
        vaultKey: readVaultKey(settings.secretKey, database.dataFolder),
      },
      log,
    );
    try {
      return await work(context, database.url);
    } finally {
      await close();
    }
  } finally {
    await database.close();
  }
}
