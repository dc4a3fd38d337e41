import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Reach, reachKinds, type Scope } from "@/lib/auth/actor";
import { hashSecret } from "@/lib/auth/secrets";
import { chooseAuth } from "@/lib/config/credentials";
import { crossCheck, type ProviderTraits } from "@/lib/config/cross-checks";
import { type ConfigDocument, readDocument } from "@/lib/config/document";
import { ConfigError, type ConfigProblem, pathText } from "@/lib/config/problems";
import { type AuthMode, type ConfigFile, configFile } from "@/lib/config/schema";
import type { Mapping } from "@/lib/sources/mapping-rules";

export { ConfigError } from "@/lib/config/problems";
export type { AuthMode, Tier } from "@/lib/config/schema";

/** Who may deliver, and how they prove it. */
export interface ConfigSource {
  name: string;
  provider: string;
  auth: AuthMode;
  /** Any of them is accepted: the secret, token, password or path key; two while one is replaced. */
  secrets: string[];
  /** For auth basic. */
  username: string | null;
  /** For auth header: the header's name, lower case. */
  header: string | null;
  /** What pushline.yaml says its deliveries turn into; else settings do, or its provider. */
  mapping?: Mapping;
}

/** A bearer of scopes. Of the secret itself only the hash is in memory. */
export interface ConfigToken {
  id: string;
  /** Also the source of the events that it sends. */
  name: string;
  /** SHA-256 of what is sent; the one in force first, then one that it replaces. */
  hashes: { hash: Buffer; validUntil: Date | null }[];
  scopes: Scope[];
  reach: Reach | null;
}

/** All that pushline.yaml and settings say; what they leave out has its default. */
export interface Config extends Omit<ConfigFile, "sources" | "tokens"> {
  sources: ConfigSource[];
  tokens: ConfigToken[];
  /** Sources and tokens that are no more: what they sent still bears their names. */
  formerNames: string[];
  /** What pushline.yaml itself names: in settings it is read-only. */
  provisioned: Record<SettingsNoun, readonly string[]>;
}

export type SettingsNoun = "sources" | "tokens" | "teams" | "services" | "engines" | "slos";

/** What holds where there is no pushline.yaml. */
export const defaultConfig: Config = toConfig(configFile.parse({}), null);

/**
 * Reads pushline.yaml; a missing file gives the defaults. Throws ConfigError
 * with every mistake at once, each with its line and without any secret's value.
 * Without `providers` any provider's name will do.
 */
export function loadConfig(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
  providers: readonly ProviderTraits[] | null = null,
): Config {
  const text = readIfThere(path);
  if (text === null) return defaultConfig;
  return parseConfig(text, basename(path), environment, providers);
}

function parseConfig(
  text: string,
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
  providers: readonly ProviderTraits[] | null,
): Config {
  const document = readDocument(text, environment);
  const mistakes = [...document.mistakes];
  // What is not YAML has no values to check; what is blank has none to miss.
  const written = document.value ?? {};
  const parsed = configFile.safeParse(written);
  if (!parsed.success)
    for (const issue of parsed.error.issues)
      mistakes.push(...issueMistakes(issue, written, document));
  for (const problem of crossCheck(written, providers)) mistakes.push(mistakeAt(problem, document));

  if (!parsed.success || mistakes.length > 0) throw new ConfigError(file, inOrder(mistakes));
  return toConfig(parsed.data, providers);
}

function toConfig(file: ConfigFile, providers: readonly ProviderTraits[] | null): Config {
  return {
    ...file,
    teams: [...file.teams, ...impliedTeams(file)],
    sources: file.sources.map((source) => toSource(source, providers)),
    tokens: file.tokens.map(toToken),
    formerNames: [],
    provisioned: { sources: [], tokens: [], teams: [], services: [], engines: [], slos: [] },
  };
}

/** A token as pushline.yaml writes it. */
export function toToken(
  written: Pick<FileToken, "name" | "token" | "scopes"> & Partial<FileToken>,
): ConfigToken {
  const kind = reachKinds.find((each) => written[each]);
  return {
    id: `file:${written.name}`,
    name: written.name,
    hashes: [
      {
        hash: hashSecret(written.token),
        validUntil: written.expires ? new Date(written.expires) : null,
      },
    ],
    scopes: [...written.scopes],
    reach: kind ? { kind, name: written[kind] ?? "" } : null,
  };
}

type FileToken = ConfigFile["tokens"][number];

/** Teams that only services name. */
function impliedTeams(file: ConfigFile): ConfigFile["teams"] {
  const names = new Set(file.services.flatMap((service) => service.team ?? []));
  for (const team of file.teams) names.delete(team.name);
  return [...names].map((name) => ({ name, timezone: "UTC" }));
}

function toSource(
  source: ConfigFile["sources"][number],
  providers: readonly ProviderTraits[] | null,
): ConfigSource {
  const provider = providers?.find((candidate) => candidate.name === source.provider);
  return {
    name: source.name,
    provider: source.provider,
    auth: chooseAuth(source, provider?.defaultAuth),
    secrets: source.secret ?? source.token ?? source.password ?? [],
    username: source.username ?? null,
    header: source.header?.toLowerCase() ?? null,
    ...(source.mapping && { mapping: source.mapping }),
  };
}

type Mistake = ConfigDocument["mistakes"][number];
type Issue = NonNullable<ReturnType<typeof configFile.safeParse>["error"]>["issues"][number];

function issueMistakes(issue: Issue, written: unknown, document: ConfigDocument): Mistake[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      line: document.lineOf(issue, key),
      message: `${pathText([...issue.path, key])} is not a setting Pushline knows`,
    }));
  if (valueAt(written, issue.path) === undefined)
    return [mistakeAt({ path: issue.path, message: "is missing" }, document)];
  if (issue.code === "invalid_type" && issue.expected === "object")
    return [
      mistakeAt({ path: issue.path, message: "expected settings as `name: value`" }, document),
    ];
  return [mistakeAt({ path: issue.path, message: `expected ${issue.message}` }, document)];
}

function valueAt(root: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | null | undefined)?.[step],
    root,
  );
}

function mistakeAt(problem: ConfigProblem, document: ConfigDocument): Mistake {
  const where = pathText(problem.path);
  return {
    line: document.lineOf(problem),
    message: where ? `${where}: ${problem.message}` : problem.message,
  };
}

function inOrder(mistakes: Mistake[]): string[] {
  const sorted = [...mistakes].sort((one, other) => one.line - other.line);
  return [...new Set(sorted.map(({ line, message }) => `line ${line}: ${message}`))];
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    throw new ConfigError(path, [`it cannot be read (${message})`]);
  }
}
