import type { Context } from "@/lib/context";
import { ownsPaths } from "@/lib/deployments/resolve-service";
import type { RulePreviewAnswer } from "@/lib/http/settings-answers";
import { compareRules, daysCompared, type Move, rulesWith } from "@/lib/settings/compare-rules";
import { refuseProvisioned } from "@/lib/settings/names";
import {
  type NamedDeployment,
  readNamedChanges,
  readNamedDeployments,
} from "@/lib/settings/read-named";
import { refuseCapture } from "@/lib/settings/refuse-capture";
import { authoriseRule } from "@/lib/settings/rule-access";
import { refuseUnknownTeam, type WrittenRule } from "@/lib/settings/rule-written";

const changesAtMost = 20_000;
const examplesAtMost = 20;
/** For looking at deployments: whoever waits for a preview is writing a rule. */
const lookingMilliseconds = 1_500;

/**
 * What a rule would match of the last 90 days, and move, against the rules in force;
 * nothing is written. Looks for a second and a half, newest first, and says how many it
 * saw and whether these were all. Throws what saving it would throw, but for what would
 * be moved: that is what it shows.
 */
export async function previewRule(context: Context, rule: WrittenRule): Promise<RulePreviewAnswer> {
  const { db, config } = context;
  const before = config.services.find(({ name }) => name === rule.name) ?? null;
  authoriseRule(context, rule.name, before, rule);
  refuseProvisioned(config, "services", rule.name);
  refuseUnknownTeam(context, rule);
  await refuseCapture(context, rule, before);
  const since = new Date(context.clock.now().getTime() - daysCompared * 86_400_000);
  const candidate = rulesWith(config, rule);
  const [deployments, changes] = await Promise.all([
    look(
      readNamedDeployments(db, since),
      rule.name,
      compareRules(config, candidate, rule.name),
      performance.now() + lookingMilliseconds,
    ),
    rule.repository ? readNamedChanges(db, rule.repository, since, changesAtMost + 1) : [],
  ]);
  return {
    deployments,
    changes: matchedChanges(changes, (paths) =>
      ownsPaths(candidate, rule.name, rule.repository ?? "", paths),
    ),
  };
}

async function look(
  batches: AsyncIterable<NamedDeployment[]>,
  service: string,
  compare: ReturnType<typeof compareRules>,
  until: number,
): Promise<RulePreviewAnswer["deployments"]> {
  const answer = { seen: 0, complete: false, matched: 0, moved: 0 };
  const examples: RulePreviewAnswer["deployments"]["examples"] = [];
  for await (const batch of batches)
    for (const deployment of batch) {
      if (performance.now() > until) return { ...answer, examples };
      const { from, to } = compare(deployment);
      answer.seen += 1;
      if (to === service) answer.matched += 1;
      if (from === to) continue;
      answer.moved += 1;
      if (examples.length < examplesAtMost) examples.push(exampleOf(deployment, { from, to }));
    }
  return { ...answer, complete: true, examples };
}

function exampleOf(
  { id, service, repository, environment, at }: NamedDeployment,
  move: Move,
): RulePreviewAnswer["deployments"]["examples"][number] {
  const named = service ?? repository ?? "unknown";
  return { id, named, environment, at: at.toISOString(), ...move };
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
