import { sql } from "kysely";
import { decide } from "@/lib/auth/policy";
import type { Config } from "@/lib/config";
import { teamOfService } from "@/lib/config/team-of-service";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import type { WrittenRule } from "@/lib/settings/rule-written";

type Rule = Config["services"][number];
type Asking = Pick<Context, "config" | "actor">;

/**
 * Rules say whose a deployment is and how far tokens reach, so whoever is no admin of
 * the instance may not write one that could take what is not their teams'. Throws
 * `forbidden`: for a first rule of a name that is known already, for a repository that
 * a rule of others has, and for globs without a repository, which look everywhere.
 */
export async function refuseCapture(
  context: Asking & Pick<Context, "db">,
  rule: WrittenRule,
  before: Rule | null,
): Promise<void> {
  if (!mayTake(context, rule, before)) return;
  if (!before && (await isKnown(context, rule.name)))
    throw new Problem(
      "forbidden",
      "Something was sent under this name already, or a token or rule has it, and would become your team's: ask an admin of the instance for its first rule.",
      { field: "name" },
    );
  if (rule.deployments.length > 0 && !rule.repository)
    throw new Problem(
      "forbidden",
      "Without a repository these are looked for in every team's deployments: name your repository, or ask an admin of the instance.",
      { field: "deployments" },
    );
  const other = context.config.services.find(
    ({ name, repository }) =>
      repository && isSame(repository, rule.repository) && !isManaged(context, name),
  );
  if (other)
    throw new Problem(
      "forbidden",
      `The rule of ${other.name}, which is not your teams', has this repository: ask an admin of the instance to share it out.`,
      { field: isSame(before?.repository, rule.repository) ? "deployments" : "repository" },
    );
}

/**
 * Whether what a rule would take has to be looked at before it is written: not for an
 * admin of the instance, nor where it names no more than it did before. Pure.
 */
export function mayTake(context: Asking, rule: WrittenRule, before: Rule | null): boolean {
  if (decide(context.config, context.actor, "admin").may) return false;
  return (
    before === null ||
    !isSame(before.repository, rule.repository) ||
    rule.deployments.some((glob) => !before.deployments.includes(glob))
  );
}

/** Whether whoever asks sets up this service's team; one without a rule is the instance's. Pure. */
export function isManaged({ config, actor }: Asking, service: string): boolean {
  return decide(config, actor, "manage", { service, team: teamOfService(config, service) }).may;
}

/** However its letters are cased, as rules are found by names. */
async function isKnown({ config, db }: Pick<Context, "config" | "db">, name: string) {
  if (config.services.some((rule) => isSame(rule.name, name))) return true;
  const isOfToken = config.tokens.some(
    ({ reach }) => reach?.kind === "service" && isSame(reach.name, name),
  );
  if (isOfToken) return true;
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from streams where lower(service) = lower(${name}))
      or exists (select from series where lower(service) = lower(${name})) as known`.execute(db);
  return rows[0]?.known ?? true;
}

function isSame(one: string | null | undefined, other: string | null | undefined): boolean {
  return (one ?? "").toLowerCase() === (other ?? "").toLowerCase();
}
