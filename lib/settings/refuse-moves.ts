import type { Config } from "@/lib/config";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { compareRules, daysCompared, rulesWith } from "@/lib/settings/compare-rules";
import { readNamedDeployments } from "@/lib/settings/read-named";
import { isManaged, mayTake } from "@/lib/settings/refuse-capture";
import type { WrittenRule } from "@/lib/settings/rule-written";

/** For looking at all of 90 days: what was not seen might be another team's. */
const lookingMilliseconds = 10_000;

/**
 * Throws `forbidden` where a rule, by whoever is no admin of the instance, would take
 * a deployment of the last 90 days from a service that they do not set up, or where
 * these are too many to be looked at.
 */
export async function refuseMoves(
  context: Pick<Context, "config" | "actor" | "db" | "clock">,
  rule: WrittenRule,
  before: Config["services"][number] | null,
): Promise<void> {
  if (!mayTake(context, rule, before)) return;
  const { config, db, clock } = context;
  const compare = compareRules(config, rulesWith(config, rule), rule.name);
  const since = new Date(clock.now().getTime() - daysCompared * 86_400_000);
  const until = performance.now() + lookingMilliseconds;
  for await (const batch of readNamedDeployments(db, since)) {
    for (const deployment of batch) {
      const { from, to } = compare(deployment);
      if (to !== rule.name || from === to || isManaged(context, from)) continue;
      throw refusal(rule, `It would take deployments of ${from}, which is not your teams'`);
    }
    if (performance.now() > until)
      throw refusal(rule, "There are too many deployments to see whether it takes another team's");
  }
}

function refusal({ deployments, repository }: WrittenRule, why: string): Problem {
  const field = deployments.length > 0 ? "deployments" : repository ? "repository" : "name";
  return new Problem("forbidden", `${why}: ask an admin of the instance to set this rule.`, {
    field,
  });
}
