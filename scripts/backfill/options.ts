import { parseArgs } from "node:util";
import type { Provider } from "@/lib/sources/reader";
import { configurableProviders } from "@/lib/sources/registry";
import { toTime } from "@/lib/sources/time";
import { BackfillError } from "@/scripts/backfill/send-events";

const asked = configurableProviders.filter(({ history }) => history !== undefined);

/** Where the token for a provider's API is taken from. */
export const tokenVariable = (provider: string) =>
  `${provider.toUpperCase().replaceAll("-", "_")}_TOKEN`;

export const usage = `npm run backfill -- --git FOLDER [options]     history from a clone
npm run backfill -- --PROVIDER WHAT [options]       history from a provider's API

From a clone, sent to a running Pushline; no account anywhere:

  --git FOLDER            the clone
  --repository OWNER/NAME what it is a clone of  (guessed from its remote)
  --branch NAME           whose commits          (what is checked out)
  --tags GLOB             tags that were deployments, as 'v*'; quote it
  --environment NAME      where they went        (needed with --tags)
  --service NAME          what they deployed     (the repository's last part)
  --url URL               where Pushline runs    (http://127.0.0.1:3000)
  --token TOKEN           with the scope ingest  (better by $PUSHLINE_TOKEN)

From an API, beside a running Pushline or alone. Its token is taken from
${asked.map(({ name }) => tokenVariable(name)).join(", ")}.

${asked.map(lineFor).join("\n")}
  --source NAME           the source whose webhooks tell of it (the only one of it)
  --api URL               where the API is, where that is not where it usually is
  --missed                with --${asked
    .filter(({ missed }) => missed)
    .map(({ name }) => name)
    .join(", --")}: what was sent and did not arrive

  --since DATE            nothing older, as 2026-01-01
  --help

Run again, it adds what is new and repeats nothing.
`;

export type Options =
  | { kind: "help" }
  | {
      kind: "git";
      folder: string;
      repository: string | null;
      branch: string | null;
      tags: { glob: string; environment: string; service: string | null } | null;
      since: Date | null;
      url: string;
      token: string;
    }
  | {
      kind: "api";
      provider: string;
      /** Not its history, but what it sent and did not arrive. */
      missed: boolean;
      subject: string;
      source: string | null;
      api: string | null;
      token: string | null;
      since: Date | null;
    };

/** The command line, read; throws BackfillError with what is wrong and what is right. */
export function readOptions(
  given: readonly string[],
  environment: Record<string, string | undefined>,
): Options {
  const values = parse(given);
  if (values.help || given.length === 0) return { kind: "help" };
  const since = values.since === undefined ? null : sinceOf(values.since);
  const byFlag: Record<string, unknown> = values;
  const named = asked.filter(({ name }) => byFlag[name] !== undefined);
  const [provider] = named;
  if (named.length + (values.git === undefined ? 0 : 1) !== 1)
    throw new BackfillError(`Give either --git or one provider, as --github.\n\n${usage}`);
  if (provider) {
    if (values.missed && !provider.missed)
      throw new BackfillError(`--missed: ${provider.title ?? provider.name} keeps no list of it.`);
    return {
      kind: "api",
      provider: provider.name,
      missed: values.missed === true,
      subject: String(byFlag[provider.name]),
      source: values.source ?? null,
      api: values.api ?? null,
      token: environment[tokenVariable(provider.name)] || null,
      since,
    };
  }
  if (values.missed) throw new BackfillError("--missed is about a provider: give one.");
  return {
    kind: "git",
    folder: values.git ?? ".",
    repository: values.repository ?? null,
    branch: values.branch ?? null,
    tags: tagsOf(values),
    since,
    url: addressOf(values.url ?? `http://127.0.0.1:${environment.PORT || 3000}`),
    token: tokenOf(values.token ?? environment.PUSHLINE_TOKEN),
  };
}

function parse(given: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...given],
      options: {
        git: text,
        repository: text,
        branch: text,
        tags: text,
        environment: text,
        service: text,
        source: text,
        api: text,
        since: text,
        url: text,
        token: text,
        missed: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        ...Object.fromEntries(asked.map(({ name }) => [name, text])),
      },
    }).values;
  } catch (error) {
    throw new BackfillError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

function lineFor({ name, history }: Provider): string {
  const { placeholder = "", label = "" } = history?.subject ?? {};
  return `  ${`--${name} WHAT`.padEnd(24)}${label.toLowerCase()}, as ${placeholder}`;
}

function tagsOf(values: { tags?: string; environment?: string; service?: string }) {
  const { tags: glob, environment, service = null } = values;
  if (glob === undefined) {
    if (environment !== undefined || service !== null)
      throw new BackfillError("--environment and --service are about tags: give --tags too.");
    return null;
  }
  if (!environment)
    throw new BackfillError("--tags needs --environment: where did these deployments go?");
  return { glob, environment, service };
}

function sinceOf(text: string): Date {
  const time = toTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (time) return new Date(time);
  throw new BackfillError(`--since ${text}: expected a date like 2026-01-01, or a whole time.`);
}

function addressOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new BackfillError("--url: expected an address like http://127.0.0.1:3000");
}

function tokenOf(text: string | undefined): string {
  if (text) return text;
  throw new BackfillError(
    "A token with the scope ingest is needed: make one under Settings → Tokens and set PUSHLINE_TOKEN.",
  );
}
