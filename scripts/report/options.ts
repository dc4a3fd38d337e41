import { parseArgs } from "node:util";
import { type EventName, eventNames, fieldsOf } from "./fields";

/** Something about the command that its caller can put right. */
export class UsageError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

export type Options =
  | { kind: "help" }
  | {
      kind: "report";
      event: EventName;
      address: string;
      token: string;
      /** By the names of the native event's members, as texts. */
      said: Readonly<Record<string, string>>;
      environment: Environment;
      /** A report of tests in place of an event. */
      junit: string | null;
      isDry: boolean;
    };

export const usage = `Usage: pushline report <what> [options]

  pushline report deployment --service checkout --environment production
  pushline report rollback   --service checkout --environment production --revision <sha>
  pushline report build      --name ci --status failed
  pushline report test-run   --name unit --tests 812 --failed 0
  pushline report test-run   --name unit --junit report.xml

PUSHLINE_URL    the address of Pushline, or of a source there (or --url)
PUSHLINE_TOKEN  a token of scope ingest, or the source's secret; never an option,
                for every process of the machine can read those

--status is succeeded unless said: failed, canceled, running, queued. The same --id again is
the same thing further on (running, then succeeded). In GitHub Actions and GitLab CI the
repository, revision, branch, author, address and the run's id are known.
--dry-run shows what would be sent.

Exit codes: 0 stored, 1 not reached after several tries, 2 not understood or refused.`;

/** What the command line and the environment ask for. Throws UsageError. */
export function readOptions(parameters: readonly string[], environment: Environment): Options {
  const [command, what, ...rest] = parameters;
  const asksForHelp = parameters.some((one) => one === "--help" || one === "-h");
  if (command === undefined || command === "help" || asksForHelp) return { kind: "help" };
  if (command !== "report") throw new UsageError(`there is no command ${command}.\n\n${usage}`);
  const event = eventNames.find((name) => name === what);
  if (!event)
    throw new UsageError(
      `report: expected one of ${eventNames.join(", ")}, got ${what ?? "nothing"}.`,
    );
  const { url, junit, "dry-run": isDry, ...given } = valuesOf(event, rest);
  const said: Record<string, string> = {};
  for (const [flag, value] of Object.entries(given))
    if (value !== undefined) said[memberOf(flag)] = String(value);
  if (junit !== undefined && event !== "test-run")
    throw new UsageError("--junit is for report test-run.");
  const token = environment.PUSHLINE_TOKEN ?? "";
  if (token === "" && isDry !== true)
    throw new UsageError(
      "PUSHLINE_TOKEN is not set: a token of scope ingest, or the source's secret.",
    );
  const report = { event, said, environment, token, isDry: isDry === true };
  return {
    kind: "report",
    ...report,
    junit: typeof junit === "string" ? junit : null,
    address: addressOf(url ?? environment.PUSHLINE_URL, typeof junit === "string", report),
  };
}

function valuesOf(event: EventName, parameters: readonly string[]) {
  const strings = ["url", "junit", ...fieldsOf(event).map(({ flag }) => flag)];
  if (parameters.some((one) => /^--token(=|$)/.test(one)))
    throw new UsageError(
      "the token goes into PUSHLINE_TOKEN: options can be read by other processes.",
    );
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        ...Object.fromEntries(strings.map((flag) => [flag, { type: "string" as const }])),
        "dry-run": { type: "boolean" as const },
      },
    }).values as Record<string, string | boolean | undefined>;
  } catch (error) {
    const known = strings.map((flag) => `--${flag}`).join(", ");
    const why = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new UsageError(`report ${event}: ${why}. Known: ${known}.`);
  }
}

function memberOf(flag: string): string {
  return flag.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function addressOf(
  url: string | boolean | undefined,
  isReport: boolean,
  { said, environment }: { said: Record<string, string>; environment: Environment },
): string {
  if (typeof url !== "string" || !URL.canParse(url) || !/^https?:/.test(url))
    throw new UsageError("PUSHLINE_URL (or --url) has to be the address of Pushline: https://…");
  const { username, password } = new URL(url);
  if (username || password)
    throw new UsageError("PUSHLINE_URL names no user: what proves the sender is PUSHLINE_TOKEN.");
  if (!isReport)
    return url.includes("/api/webhooks/") ? url : `${url.replace(/\/+$/, "")}/api/v1/events`;
  if (url.includes("/api/webhooks/"))
    throw new UsageError("--junit goes to the instance: PUSHLINE_URL without /api/webhooks/….");
  const about = new URLSearchParams();
  for (const { member, variables } of fieldsOf("test-run")) {
    const value = said[member] ?? variables.map((name) => environment[name]).find(Boolean);
    if (value && ["repository", "revision", "branch", "name", "coverage"].includes(member))
      about.set(member, value);
  }
  return `${url.replace(/\/+$/, "")}/api/v1/test-runs?${about}`;
}
