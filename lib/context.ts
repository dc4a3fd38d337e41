import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { Clock } from "@/lib/clock";
import type { Config } from "@/lib/config";

/** Who asks. Every query takes one. */
export type Actor =
  | { kind: "token"; name: string; scopes: readonly Scope[] }
  | { kind: "page"; name: string; scopes: readonly Scope[] }
  | { kind: "system"; name: string; scopes: readonly Scope[] };

export const scopes = ["ingest", "read", "write", "admin"] as const;
export type Scope = (typeof scopes)[number];

/** What every verb is given: its effects' handles, and nothing global. */
export interface Context {
  /** For reads and derivation. */
  db: Kysely<Database>;
  /** A pool of its own, so that slow pages never starve the door. */
  ingestDb: Kysely<Database>;
  config: Config;
  clock: Clock;
  actor: Actor;
  /** Signs the cookie that a page hands its browser; kept in instance_settings. */
  pageKey: Uint8Array;
}

export const systemActor: Actor = { kind: "system", name: "pushline", scopes };

const contextKey = Symbol.for("pushline");

/**
 * The server and Next load modules apart, so the one Context lives on
 * globalThis; pages and route handlers take it from here.
 */
export function provideContext(context: Context): void {
  (globalThis as { [contextKey]?: Context })[contextKey] = context;
}

export function currentContext(): Context {
  const context = (globalThis as { [contextKey]?: Context })[contextKey];
  if (!context) throw new Error("No Context: the app runs only behind scripts/start.ts.");
  return context;
}
