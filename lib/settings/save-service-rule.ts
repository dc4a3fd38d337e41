import { recordAudit } from "@/lib/auth/audit";
import type { Context } from "@/lib/context";
import type { ServiceRuleAnswer } from "@/lib/http/settings-answers";
import { changeSettings } from "@/lib/settings/change-settings";
import { heldRule } from "@/lib/settings/held-rule";
import { serviceRuleAnswerOf } from "@/lib/settings/list-service-rules";
import { refuseProvisioned } from "@/lib/settings/names";
import { authoriseRule } from "@/lib/settings/rule-access";
import { refuseUnknownTeam, type ServiceRuleBody } from "@/lib/settings/rule-written";

/**
 * Sets a service's rule; what was there is derived anew by it soon after. Throws
 * `provisioned`, `invalid_field`, and what the policy says of its teams.
 */
export async function saveServiceRule(
  context: Context,
  name: string,
  body: ServiceRuleBody,
): Promise<ServiceRuleAnswer> {
  await changeSettings(context, async (trx) => {
    const before = await heldRule(trx, name);
    authoriseRule(context, name, before, body);
    refuseProvisioned(context.config, "services", name);
    refuseUnknownTeam(context, body);
    const row = {
      repository: body.repository,
      team: body.team,
      depends_on: body.dependsOn,
      paths: body.paths,
      deployments: body.deployments,
    };
    await trx
      .insertInto("configured_services")
      .values({ name, ...row, created_at: context.clock.now() })
      .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
      .execute();
    await recordAudit(trx, context, {
      action: "service.saved",
      subject: { kind: "service", id: name },
      details: { before: before && ruleOf(before), after: body },
    });
  });
  return serviceRuleAnswerOf({ name, ...body }, false);
}

function ruleOf(row: NonNullable<Awaited<ReturnType<typeof heldRule>>>): ServiceRuleBody {
  const { repository, team, depends_on: dependsOn, paths, deployments } = row;
  return { repository, team, dependsOn, paths, deployments };
}
