import { parseArgs } from "node:util";
import { toTime } from "@/lib/sources/time";
import { BackfillError } from "@/scripts/backfill/send-events";

export const usage = `npm run backfill -- --git FOLDER [options]     history from a clone
npm run backfill -- --github OWNER/NAME [options]   history from GitHub's API

From a clone, sent to a running Pushline; no account anywhere:

  --git FOLDER            the clone
  --repository OWNER/NAME what it is a clone of  (guessed from its remote)
  --branch NAME           whose commits          (what is checked out)
  --tags GLOB             tags that were deployments, as 'v*'; quote it
  --environment NAME      where they went        (needed with --tags)
  --service NAME          what they deployed     (the repository's last part)
  --url URL               where Pushline runs    (http://127.0.0.1:3000)
  --token TOKEN           with the scope ingest  (better by $PUSHLINE_TOKEN)

From the API, beside a running Pushline or alone. Give it a token by GITHUB_TOKEN:
without one GitHub answers 60 questions an hour.

  --github OWNER/NAME     commits, pull requests, workflow runs, deployments, releases
  --source NAME           the source whose webhooks tell of it (the only one of GitHub)
  --api URL               where the API is       (https://api.github.com)

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
      kind: "github";
      repository: string;
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
  if ((values.git === undefined) === (values.github === undefined))
    throw new BackfillError(`Give either --git or --github.\n\n${usage}`);
  if (values.github !== undefined)
    return {
      kind: "github",
      repository: values.github,
      source: values.source ?? null,
      api: values.api ?? null,
      token: environment.GITHUB_TOKEN || null,
      since,
    };
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
        github: text,
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
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new BackfillError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
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
