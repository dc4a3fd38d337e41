import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { Actor } from "@/lib/auth/actor";
import type { Clock } from "@/lib/clock";
import type { Config } from "@/lib/config";
import { oncePerProcess } from "@/lib/once-per-process";
import type { Vault } from "@/lib/vault";

/** What every verb is given: its effects' handles, and nothing global. */
export interface Context {
  /** For reads and derivation. */
  db: Kysely<Database>;
  /** A pool of its own, so that slow pages never starve the door. */
  ingestDb: Kysely<Database>;
  /** pushline.yaml and what was set up in settings, as of now: read it again rather than keep it. */
  readonly config: Config;
  /** After a change of settings: resolves when `config` has it in this process; others are told. */
  settingsChanged(): Promise<void>;
  clock: Clock;
  actor: Actor;
  /** From where the actor asks, for the audit; null where nobody asks from anywhere. */
  address: string | null;
  vault: Vault;
  site: Site;
}

/** How this instance is reached. */
export interface Site {
  /** The address people use; null: the loopback address it listens on. */
  baseUrl: string | null;
  /** Whoever reaches the loopback socket may look and set up. Only ever for a demo. */
  withoutSignIn: boolean;
}

const provided = oncePerProcess<{ context: Context | null }>("context", () => ({ context: null }));

/** Pages and route handlers take the one Context from here, and put their own actor in. */
export function provideContext(context: Context): void {
  provided.context = context;
}

export function currentContext(): Context {
  const { context } = provided;
  if (!context) throw new Error("No Context: the app runs only behind scripts/start.ts.");
  return context;
}
