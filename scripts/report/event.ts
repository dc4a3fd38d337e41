import { type EventName, type Field, fieldsOf } from "./fields";
import { UsageError } from "./options";

type Texts = Readonly<Record<string, string | undefined>>;

/** The native event, with what the CI says and the moment that its status means. Throws UsageError. */
export function eventOf(
  { event, said, environment }: { event: EventName; said: Texts; environment: Texts },
  now: Date,
): Record<string, unknown> {
  const status = statusOf(said.status ?? "succeeded");
  const at = now.toISOString();
  const members: Record<string, unknown> = {};
  for (const field of fieldsOf(event)) {
    const given =
      said[memberIn(field)] ?? field.variables.map((name) => environment[name]).find(Boolean);
    if (given !== undefined) members[field.member] = readValue(field, given);
    else if (field.required) throw new UsageError(`report ${event}: --${field.flag} is missing.`);
  }
  const run = environment.GITHUB_RUN_ID ?? environment.CI_PIPELINE_ID;
  const what = members.service ?? members.name ?? members.repository ?? "";
  const which = run ?? `${members.revision}:${at}`;
  return {
    type: event === "rollback" ? "deployment" : event.replace("-", "_"),
    // One run tells of one thing several times under one id.
    id: [event, what, members.environment ?? "", which].join(":"),
    ...(status === "running" && { startedAt: at }),
    ...(["succeeded", "failed", "canceled"].includes(status) && { finishedAt: at }),
    ...(run && environment.GITHUB_RUN_ID && { ...linkToRun(event, environment) }),
    ...members,
    ...(event === "rollback" && { kind: "rollback" }),
    status,
  };
}

/** `--link` is told as `link`, whatever the event calls it. */
function memberIn({ flag }: Field): string {
  return flag.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const statuses = new Map([
  ["success", "succeeded"],
  ["passed", "succeeded"],
  ["failure", "failed"],
  ["cancelled", "canceled"],
  ...["succeeded", "failed", "canceled", "running", "queued"].map((one) => [one, one] as const),
]);

function statusOf(told: string): string {
  const status = statuses.get(told);
  if (status) return status;
  throw new UsageError(
    `--status is ${told}: expected one of succeeded, failed, canceled, running, queued.`,
  );
}

function readValue({ flag, type }: Field, given: string): unknown {
  switch (type) {
    case "text":
      return given;
    case "number": {
      const number = Number(given);
      if (given.trim() === "" || !Number.isFinite(number))
        throw new UsageError(`--${flag} is ${given}: expected a number.`);
      return number;
    }
    case "boolean":
      if (given !== "true" && given !== "false")
        throw new UsageError(`--${flag} is ${given}: expected true or false.`);
      return given === "true";
  }
}

function linkToRun(event: EventName, environment: Texts): { url?: string } {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: run,
  } = environment;
  if (event === "test-run" || !server || !repository || !run) return {};
  return { url: `${server}/${repository}/actions/runs/${run}` };
}
