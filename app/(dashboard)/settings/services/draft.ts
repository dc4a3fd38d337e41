import type { ServiceRuleAnswer } from "@/lib/http/settings-answers";

type Rule = Omit<ServiceRuleAnswer, "provisioned">;

/** A rule as a form holds it: globs an item a line, names with commas between. */
export type Draft = Record<keyof Rule, string>;

/** A rule to change as it is; a new one with the first team that may be chosen. */
export function draftOf(rule: Rule | undefined, firstTeam = ""): Draft {
  const lines = (items: readonly string[] = []) => items.join("\n");
  return {
    name: rule?.name ?? "",
    repository: rule?.repository ?? "",
    team: rule ? (rule.team ?? "") : firstTeam,
    dependsOn: rule?.dependsOn.join(", ") ?? "",
    paths: lines(rule?.paths),
    deployments: lines(rule?.deployments),
  };
}

/** The rule that a draft means: a list's items each once; an empty text is none. */
export function ruleOf(draft: Draft): Rule {
  return {
    name: draft.name.trim(),
    repository: draft.repository.trim() || null,
    team: draft.team || null,
    dependsOn: items(draft.dependsOn, /[\n,]/),
    // A comma belongs to a glob, as in apps/{web,admin}/**.
    paths: items(draft.paths, /\n/),
    deployments: items(draft.deployments, /\n/),
  };
}

function items(text: string, between: RegExp): string[] {
  const parts = text.split(between).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ""))];
}
