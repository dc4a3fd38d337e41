import type { Context } from "@/lib/context";
import { ownsPaths } from "@/lib/deployments/resolve-service";
import type { RulePreviewAnswer } from "@/lib/http/settings-answers";
import { compareRules, rulesWith } from "@/lib/settings/compare-rules";
import { refuseProvisioned } from "@/lib/settings/names";
import {
  type NamedDeployment,
  readNamedChanges,
  readNamedDeployments,
} from "@/lib/settings/read-named";
import { authoriseRule } from "@/lib/settings/rule-access";
import { refuseUnknownTeam, type WrittenRule } from "@/lib/settings/rule-written";

const daysSeen = 90;
const deploymentsAtMost = 100_000;
const changesAtMost = 20_000;
const examplesAtMost = 20;
/** Globs over many names may take long: then the newest are answered for. */
const comparingMilliseconds = 1_000;

/**
 * What a rule would match of the last 90 days, and move, against the rules in force;
 * nothing is written. Says how many it looked at: the newest where there are more
 * than can be compared in about a second. Throws what saving it would throw.
 */
export async function previewRule(context: Context, rule: WrittenRule): Promise<RulePreviewAnswer> {
  const { db, config } = context;
  const before = config.services.find(({ name }) => name === rule.name) ?? null;
  authoriseRule(context, rule.name, before, rule);
  refuseProvisioned(config, "services", rule.name);
  refuseUnknownTeam(context, rule);
  const since = new Date(context.clock.now().getTime() - daysSeen * 86_400_000);
  const candidate = rulesWith(config, rule);
  const named = await readNamedDeployments(db, since, deploymentsAtMost + 1);
  const changes = rule.repository
    ? await readNamedChanges(db, rule.repository, since, changesAtMost + 1)
    : [];
  return {
    deployments: compared(named, rule.name, compareRules(config, candidate)),
    changes: matchedChanges(changes, (paths) =>
      ownsPaths(candidate, rule.name, rule.repository ?? "", paths),
    ),
  };
}

function compared(
  named: readonly NamedDeployment[],
  service: string,
  compare: ReturnType<typeof compareRules>,
): RulePreviewAnswer["deployments"] {
  const until = performance.now() + comparingMilliseconds;
  const answer = { seen: 0, complete: false, matched: 0, moved: 0 };
  const examples: RulePreviewAnswer["deployments"]["examples"] = [];
  for (const deployment of named.slice(0, deploymentsAtMost)) {
    if (performance.now() > until) return { ...answer, examples };
    const { from, to } = compare(deployment);
    answer.seen += 1;
    if (to === service) answer.matched += 1;
    if (from === to) continue;
    answer.moved += 1;
    if (examples.length < examplesAtMost)
      examples.push({
        id: deployment.id,
        named: deployment.service ?? deployment.repository ?? "unknown",
        environment: deployment.environment,
        at: deployment.at.toISOString(),
        from,
        to,
      });
  }
  return { ...answer, complete: named.length <= deploymentsAtMost, examples };
}

/** A change of unknown paths belongs to every service of its repository, and is no example. */
function matchedChanges(
  changes: Awaited<ReturnType<typeof readNamedChanges>>,
  owns: (paths: readonly string[]) => boolean,
): RulePreviewAnswer["changes"] {
  const seen = changes.slice(0, changesAtMost);
  const matched = seen.filter(({ paths }) => paths === null || owns(paths));
  return {
    seen: seen.length,
    complete: changes.length <= changesAtMost,
    matched: matched.length,
    examples: matched
      .filter(({ paths }) => paths !== null)
      .slice(0, examplesAtMost)
      .map(({ revision, message, paths }) => ({ revision, message, paths: paths ?? [] })),
  };
}
