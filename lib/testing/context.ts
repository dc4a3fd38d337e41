import type { TestDatabase } from "@/db/testing";
import { systemActor } from "@/lib/auth/actor";
import { systemClock } from "@/lib/clock";
import { type Config, defaultConfig } from "@/lib/config";
import type { Context } from "@/lib/context";
import { openLiveConfig } from "@/lib/settings/live-config";
import { openVault } from "@/lib/vault";

/**
 * A Context over a test's own database, as the start makes it: `file` stands for
 * pushline.yaml, and what the test sets up in settings comes beside it.
 */
export async function testContext(
  { db }: Pick<TestDatabase, "db">,
  file: Partial<Config> = {},
  overrides: Partial<Omit<Context, "config">> = {},
): Promise<Context> {
  const vault = overrides.vault ?? openVault(Buffer.alloc(32, 7));
  const live = await openLiveConfig(db, { ...defaultConfig, ...file }, vault);
  return {
    db,
    ingestDb: db,
    get config() {
      return live.current;
    },
    settingsChanged: live.reload,
    clock: systemClock,
    actor: systemActor,
    address: null,
    vault,
    site: { baseUrl: null, withoutSignIn: false },
    ...overrides,
  };
}
