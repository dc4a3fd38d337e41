export const eventNames = ["deployment", "rollback", "build", "test-run"] as const;
export type EventName = (typeof eventNames)[number];

export interface Field {
  /** Of the command line, without its dashes. */
  flag: string;
  /** Of the native event. */
  member: string;
  type: "text" | "number" | "boolean";
  required: boolean;
  /** Where GitHub Actions and GitLab CI tell it. */
  variables: readonly string[];
}

const text = (flag: string, variables: readonly string[] = []): Field => ({
  flag,
  member: flag.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  type: "text",
  required: false,
  variables,
});
const required = (field: Field): Field => ({ ...field, required: true });
const number = (flag: string): Field => ({ ...text(flag), type: "number" });
const boolean = (flag: string): Field => ({ ...text(flag), type: "boolean" });

const repository = text("repository", ["GITHUB_REPOSITORY", "CI_PROJECT_PATH"]);
const revision = required(text("revision", ["GITHUB_SHA", "CI_COMMIT_SHA"]));
const branch = text("branch", ["GITHUB_REF_NAME", "CI_COMMIT_BRANCH"]);
const common = [text("id"), text("status"), text("started-at"), text("finished-at"), revision];
const url = { ...text("link", ["CI_JOB_URL"]), member: "url" };

const deployment: readonly Field[] = [
  ...common,
  required(text("service")),
  required(text("environment")),
  repository,
  text("version"),
  text("artifact"),
  text("author", ["GITHUB_ACTOR", "GITLAB_USER_LOGIN"]),
  text("description"),
  boolean("hotfix"),
  boolean("failed"),
  text("queued-at"),
  url,
];
const fields: Record<EventName, readonly Field[]> = {
  deployment,
  rollback: deployment,
  build: [
    ...common,
    required(repository),
    required({ ...text("name"), variables: ["GITHUB_WORKFLOW", "CI_PIPELINE_NAME"] }),
    branch,
    text("artifact"),
    number("attempt"),
    text("queued-at"),
    url,
  ],
  "test-run": [
    ...common,
    required(repository),
    text("name"),
    branch,
    number("tests"),
    number("failed"),
    number("skipped"),
    number("flaky"),
    number("coverage"),
  ],
};

/** What may be said of an event of this kind, in the order of the command's help. */
export function fieldsOf(event: EventName): readonly Field[] {
  return fields[event];
}
