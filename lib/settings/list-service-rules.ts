import { isWithin, reachOf } from "@/lib/auth/reach";
import type { ConfigFile } from "@/lib/config/schema";
import type { Context } from "@/lib/context";
import type { Page } from "@/lib/http/answers";
import { pageByName } from "@/lib/http/cursor";
import type { ServiceRuleAnswer } from "@/lib/http/settings-answers";

/** The rules of services, by name; those of pushline.yaml are marked. */
export async function listServiceRules(
  context: Context,
  filter: { cursor?: string; limit?: number },
): Promise<Page<ServiceRuleAnswer>> {
  const within = reachOf(context);
  const { services, provisioned } = context.config;
  const items = services
    .filter(({ name }) => isWithin(within, name))
    .map((rule) => ({
      ...serviceRuleAnswerOf(rule, provisioned.services.includes(rule.name)),
      dependsOn: rule.dependsOn.filter((name) => isWithin(within, name)),
    }));
  return pageByName(items, filter);
}

export function serviceRuleAnswerOf(
  { name, repository, team, dependsOn, paths, deployments }: ConfigFile["services"][number],
  provisioned: boolean,
): ServiceRuleAnswer {
  return { name, repository, team, dependsOn, paths, deployments, provisioned };
}
