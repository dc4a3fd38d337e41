import { chooseAuth, credentialProblems } from "@/lib/config/credentials";
import { goalProblems } from "@/lib/config/goals";
import type { ConfigProblem } from "@/lib/config/problems";
import type { AuthMode } from "@/lib/config/schema";
import { providerProblems } from "@/lib/config/sign-in";

/** What the configuration has to know of a provider. */
export interface ProviderTraits {
  name: string;
  defaultAuth: AuthMode;
  /** There where the provider signs its deliveries. */
  verify?: unknown;
  /** There where its sources have rules of their own. */
  readBy?: unknown;
}

const namedLists = ["teams", "services", "sources", "tokens", "engines"];

/**
 * Mistakes that span several values. Takes the file as it was written, right
 * or wrong, so that these are told together with the mistakes of single values.
 */
export function crossCheck(
  written: unknown,
  providers: readonly ProviderTraits[] | null,
): ConfigProblem[] {
  const signIn = isRecord(written) ? written.signIn : undefined;
  const repeated = [
    ...namedLists.flatMap((list) => repeatedNames(written, list)),
    ...inside("signIn", repeatedNames(signIn, "providers")),
    ...repeatedObjectives(written),
  ];
  const sources = entries(written, "sources").flatMap(([index, source]) =>
    [...sourceProblems(source, providers), ...mappingProblems(source, providers)].map(
      ({ path, message }) => ({
        path: ["sources", index, ...path],
        message,
      }),
    ),
  );
  const doors = entries(signIn, "providers").flatMap(([index, provider]) =>
    providerProblems(provider).map(({ path, message }) => ({
      path: ["signIn", "providers", index, ...path],
      message,
    })),
  );
  const goals = goalProblems(entries(written, "goals"));
  return [...repeated, ...senderProblems(written), ...sources, ...doors, ...goals];
}

/** What is sent bears its sender's name, so no two senders have the same one. */
function senderProblems(written: unknown): ConfigProblem[] {
  const sources = new Set(entries(written, "sources").map(([, { name }]) => name));
  return entries(written, "tokens").flatMap(([index, { name }]) => {
    const path = ["tokens", index, "name"];
    if (name === "pushline") return [{ path, message: reservedName }];
    return name !== undefined && sources.has(name)
      ? [{ path, message: "a source has this name, and what both send would be one" }]
      : [];
  });
}

const reservedName = "choose another name: under this one Pushline keeps people's verdicts";

function inside(section: string, problems: ConfigProblem[]): ConfigProblem[] {
  return problems.map(({ path, message }) => ({ path: [section, ...path], message }));
}

function repeatedNames(written: unknown, list: string): ConfigProblem[] {
  const seen = new Set<unknown>();
  return entries(written, list).flatMap(([index, { name }]) => {
    const isRepeated = name !== undefined && seen.has(name);
    seen.add(name);
    return isRepeated
      ? [{ path: [list, index, "name"], message: "this name is taken by an entry above" }]
      : [];
  });
}

/** One objective for an indicator in a scope: of two nobody could tell which holds. */
function repeatedObjectives(written: unknown): ConfigProblem[] {
  const seen = new Set<string>();
  return entries(written, "slos").flatMap(([index, objective]) => {
    const { indicator, team, service, repository } = objective;
    const name = JSON.stringify([indicator, team ?? null, service ?? null, repository ?? null]);
    const isRepeated = seen.has(name);
    seen.add(name);
    return isRepeated
      ? [{ path: ["slos", index], message: "an entry above is for the same indicator and scope" }]
      : [];
  });
}

/** What is wrong with one source as it was written, its values apart. */
export function sourceProblems(
  source: Record<string, unknown>,
  providers: readonly ProviderTraits[] | null,
): ConfigProblem[] {
  const provider = providers?.find((candidate) => candidate.name === source.provider);
  const problems = credentialProblems(source, provider?.defaultAuth);
  if (provider && !provider.verify && chooseAuth(source, provider.defaultAuth) === "signature")
    problems.push({
      path: [source.auth === undefined ? "secret" : "auth"],
      message: `${provider.name} signs nothing: choose auth bearer, basic, header or path, with its credentials`,
    });
  if (source.name === "pushline") problems.push({ path: ["name"], message: reservedName });
  if (providers && typeof source.provider === "string" && !provider) {
    const known = providers.map((candidate) => candidate.name).join(", ");
    problems.push({ path: ["provider"], message: `is not known; known are ${known}` });
  }
  return problems;
}

/** In pushline.yaml the rules stand with their source; one of settings gets them later. */
function mappingProblems(
  source: Record<string, unknown>,
  providers: readonly ProviderTraits[] | null,
): ConfigProblem[] {
  const provider = providers?.find((candidate) => candidate.name === source.provider);
  if (!provider) return [];
  if (provider.readBy && source.mapping === undefined)
    return [{ path: ["mapping"], message: "is missing: rules that say what it sends turns into" }];
  if (!provider.readBy && source.mapping !== undefined)
    return [
      { path: ["mapping"], message: `is only for provider mapping: ${provider.name} has a reader` },
    ];
  return [];
}

function entries(written: unknown, list: string): [number, Record<string, unknown>][] {
  if (!isRecord(written)) return [];
  const items = written[list];
  if (!Array.isArray(items)) return [];
  return [...items.entries()].filter((entry): entry is [number, Record<string, unknown>] =>
    isRecord(entry[1]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
