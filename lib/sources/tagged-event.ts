import type { AttemptStatus, DeploymentMembers } from "@/lib/facts/types";
import { list, name, text } from "@/lib/sources/payload";

/**
 * Marks on graphs (Grafana's annotations, Graphite's and Datadog's events) that tell
 * of a deployment by their tags: `deploy`, `service:checkout`, `env=production`, `v1.2`.
 */
export interface TaggedEvent {
  /** The source's name: it stands for a service where no tag names one. */
  source: string;
  tags: readonly string[];
  /** What it says in words, for the rules of pushline.yaml. */
  description: string | null;
}

/** Tags as a list, or as one text with spaces or commas between them. */
export function tagsOf(value: unknown): string[] {
  const given = typeof value === "string" ? value.split(/[\s,]+/) : list(value);
  return given.flatMap((tag) => name(tag) ?? []).slice(0, mostTags);
}

/**
 * What the tags say of a deployment, its times apart; null unless one of them says that
 * it is one. A tag alone that is neither a word for it, an environment, a version nor a
 * revision names the service, where it is the only such tag.
 */
export function deploymentByTags(event: TaggedEvent): DeploymentMembers | null {
  const { words, values } = sortTags(event.tags);
  const kind = values.event ?? values.type ?? values.kind ?? null;
  const saying = [...words, kind ?? ""].map((word) => word.toLowerCase());
  const isRollback = saying.some((word) => /^roll(ed)?[-_]?back$/.test(word));
  if (!isRollback && !saying.some((word) => /^deploy(s|ed|ment|ments)?$/.test(word))) return null;
  const others = words.filter((word) => !isWordFor(word));
  const version = first(values, ["version"]) ?? words.find(isVersion) ?? null;
  const revision = first(values, ["revision", "sha", "commit", "git.commit.sha"]);
  const service = first(values, ["service", "app", "application"]);
  return {
    service: service ?? (others.length === 1 ? (others[0] ?? null) : event.source),
    environment:
      first(values, ["environment", "env", "stage"]) ?? words.find(isEnvironment) ?? "production",
    repository: first(values, ["repository", "repo"]),
    revision: [revision, ...words].find((word) => word !== null && isRevision(word)) ?? null,
    version,
    ...(isRollback && { kind: "rollback" as const }),
    status: statuses[(first(values, ["status", "result"]) ?? "").toLowerCase()] ?? "succeeded",
    author: first(values, ["author", "user", "deployer"]),
    description: text(event.description),
  };
}

const mostTags = 100;

const statuses: Record<string, AttemptStatus> = {
  __proto__: null as never,
  failed: "failed",
  failure: "failed",
  error: "failed",
  canceled: "canceled",
  cancelled: "canceled",
};

/** Tags alone, and those with a value after a colon or an equals sign, by their lower-case names. */
export function sortTags(tags: readonly string[]) {
  const words: string[] = [];
  const values: Record<string, string> = Object.create(null);
  for (const tag of tags) {
    const [, key, value] = /^([\w.-]+)[:=](.+)$/.exec(tag) ?? [];
    if (key && value) values[key.toLowerCase()] ??= value.trim();
    else words.push(tag);
  }
  return { words, values };
}

function first(values: Record<string, string>, names: readonly string[]): string | null {
  return names.map((key) => name(values[key])).find((value) => value !== null) ?? null;
}

function isWordFor(word: string): boolean {
  const isAboutIt = /^(deploy(s|ed|ment|ments)?|roll(ed)?[-_]?back|release|event)$/i.test(word);
  return isAboutIt || isEnvironment(word) || isVersion(word) || isRevision(word);
}

function isEnvironment(word: string): boolean {
  return /^((pre|non)?-?prod(uction)?|live|stag(e|ing)|test(ing)?|qa|uat|dev(elopment)?)([-_]\w+)*$/i.test(
    word,
  );
}

function isVersion(word: string): boolean {
  return /^v?\d+(\.\d+)+/.test(word);
}

function isRevision(word: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(word);
}
