import type { BlockList } from "node:net";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Config, ConfigError, loadConfig } from "@/lib/config";
import { readProxies } from "@/lib/http/client-address";
import { isLoopbackAddress, isLoopbackBase } from "@/lib/http/loopback";
import { configurableProviders } from "@/lib/sources/registry";

/** Where and how this Pushline runs: what environment variables and pushline.yaml say. */
export interface Settings {
  host: string;
  port: number;
  /** An origin, as https://pushline.example.com; null: the address it listens on. */
  baseUrl: string | null;
  /** Whoever reaches the loopback socket may look and set up; for a demo. */
  withoutSignIn: boolean;
  /** Whose X-Forwarded-For is believed; null: nobody's. */
  trustedProxies: BlockList | null;
  /** Null: the embedded Postgres. */
  databaseUrl: string | null;
  dataDir: string;
  /** Null: a file of the data folder. */
  secretKey: string | null;
  config: Config;
}

/** What a person has to put right before anything can start; every reason at once. */
export class SettingsError extends Error {}

/** Reads the settings; throws SettingsError with everything that is wrong with them. */
export function readSettings(
  environment: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): Settings {
  const mistakes: string[] = [];
  const attempt = <Value>(read: () => Value): Value | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SettingsError) && !(error instanceof ConfigError)) throw error;
      mistakes.push(error.message);
      return null;
    }
  };
  const configFile = resolve(environment.PUSHLINE_CONFIG || "pushline.yaml");
  const withoutSignIn = attempt(() => readFlags(flags));
  const baseUrl = attempt(() => readBaseUrl(environment.PUSHLINE_BASE_URL));
  const host = attempt(() => readHost(environment.HOST || "127.0.0.1", baseUrl));
  const port = attempt(() => readPort(environment.PORT || "3000"));
  const trustedProxies = attempt(() => readTrustedProxies(environment.PUSHLINE_TRUSTED_PROXIES));
  const databaseUrl = attempt(() => readDatabaseUrl(environment.DATABASE_URL));
  const config = attempt(() => loadConfig(configFile, environment, configurableProviders));
  if (withoutSignIn) attempt(() => refuseOpenToOthers(host, baseUrl));

  if (host === null || port === null || config === null || mistakes.length > 0)
    throw new SettingsError(mistakes.join("\n"));
  return {
    host,
    port,
    baseUrl,
    withoutSignIn: withoutSignIn ?? false,
    trustedProxies,
    databaseUrl,
    dataDir: resolve(environment.PUSHLINE_DATA_DIR || ".pushline"),
    secretKey: environment.PUSHLINE_SECRET_KEY || null,
    config,
  };
}

/** Whether sign-in is left out. */
function readFlags(flags: readonly string[]): boolean {
  try {
    const { values } = parseArgs({
      args: [...flags],
      options: { "without-sign-in": { type: "boolean", default: false } },
    });
    return values["without-sign-in"];
  } catch (error) {
    throw new SettingsError(
      `${(error as Error).message.split(". ")[0]}.\nUsage: npm start [-- --without-sign-in]   (whoever reaches this machine's loopback address may look and set up; for a demo)`,
    );
  }
}

/** Behind a name of its own everyone can know where they are; without one only this machine is sure. */
function readHost(host: string, baseUrl: string | null): string {
  if (isLoopbackAddress(host) || baseUrl !== null) return host;
  throw new SettingsError(
    `HOST=${host} opens Pushline to the network: set PUSHLINE_BASE_URL as well, to the address at which people reach it (https://pushline.example.com). It answers to no other. Without HOST it listens on 127.0.0.1 alone.`,
  );
}

function refuseOpenToOthers(host: string | null, baseUrl: string | null): void {
  const isHere = host === null || isLoopbackAddress(host);
  if (isHere && isLoopbackBase(baseUrl)) return;
  throw new SettingsError(
    "--without-sign-in is for this machine alone: leave HOST and PUSHLINE_BASE_URL unset, or at a loopback address.",
  );
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new SettingsError(`PORT=${text} is not a port: give a number from 1 to 65535.`);
}

function readTrustedProxies(text: string | undefined): BlockList | null {
  if (!text?.trim()) return null;
  const { list, wrong } = readProxies(text);
  if (wrong.length === 0) return list;
  throw new SettingsError(
    `PUSHLINE_TRUSTED_PROXIES: ${wrong.join(", ")} is no address or network, as 10.0.0.7 or 10.0.0.0/8 or fd00::/8`,
  );
}

/** The value may hold a password, so it is never repeated. */
function readBaseUrl(text: string | undefined): string | null {
  if (!text) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin) return url.origin;
  throw new SettingsError(
    "PUSHLINE_BASE_URL is not an address without a path, as https://pushline.example.com",
  );
}

function readDatabaseUrl(text: string | undefined): string | null {
  if (!text) return null;
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol))
    return text.replace(/\/$/, "");
  throw new SettingsError(
    "DATABASE_URL is not an address of the expected kind, as postgresql://user:password@host:5432/pushline",
  );
}
