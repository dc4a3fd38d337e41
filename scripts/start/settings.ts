import { resolve } from "node:path";
import { type Config, ConfigError, loadConfig } from "@/lib/config";
import { providers } from "@/lib/sources/registry";

/** Where and how this Pushline runs: what environment variables and pushline.yaml say. */
export interface Settings {
  host: string;
  port: number;
  /** Null: the address it listens on. */
  baseUrl: string | null;
  /** Null: the embedded Postgres. */
  databaseUrl: string | null;
  dataDir: string;
  /** Null: a file of the data folder. */
  secretKey: string | null;
  configFile: string;
  config: Config;
}

/** What a person has to put right before anything can start; every reason at once. */
export class SettingsError extends Error {}

/** People's own words come by the product itself, never by a webhook. */
const configurable = providers.filter((provider) => provider.name !== "pushline");

/** Reads the settings; throws SettingsError with everything that is wrong with them. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
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
  const host = attempt(() => readHost(environment.HOST || "127.0.0.1"));
  const port = attempt(() => readPort(environment.PORT || "3000"));
  const baseUrl = attempt(() =>
    readAddress("PUSHLINE_BASE_URL", environment.PUSHLINE_BASE_URL, /^https?:$/),
  );
  const databaseUrl = attempt(() =>
    readAddress("DATABASE_URL", environment.DATABASE_URL, /^postgres(ql)?:$/),
  );
  const config = attempt(() => loadConfig(configFile, environment, configurable));

  if (host === null || port === null || config === null || mistakes.length > 0)
    throw new SettingsError(mistakes.join("\n"));
  const dataDir = resolve(environment.PUSHLINE_DATA_DIR || ".pushline");
  const secretKey = environment.PUSHLINE_SECRET_KEY || null;
  return { host, port, baseUrl, databaseUrl, dataDir, secretKey, configFile, config };
}

function readHost(host: string): string {
  if (/^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host)) return host;
  throw new SettingsError(
    `HOST=${host} would open Pushline to the network, and this version has no sign-in yet: it listens on 127.0.0.1, ::1 or localhost only. To reach it from elsewhere, forward a port: ssh -L 3000:127.0.0.1:3000 thismachine`,
  );
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new SettingsError(`PORT=${text} is not a port: give a number from 1 to 65535.`);
}

/** The value may hold a password, so it is never repeated. */
function readAddress(name: string, text: string | undefined, protocol: RegExp): string | null {
  if (!text) return null;
  const isGood = URL.canParse(text) && protocol.test(new URL(text).protocol);
  if (isGood) return text.replace(/\/$/, "");
  const example =
    name === "DATABASE_URL"
      ? "postgresql://user:password@host:5432/pushline"
      : "https://pushline.example.com";
  throw new SettingsError(`${name} is not an address of the expected kind, as ${example}`);
}
