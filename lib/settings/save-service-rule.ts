import { recordAudit } from "@/lib/audit/audit";
import type { Context } from "@/lib/context";
import type { ServiceRuleAnswer } from "@/lib/http/settings-answers";
import { changeSettings } from "@/lib/settings/change-settings";
import { heldRule } from "@/lib/settings/held-rule";
import { serviceRuleAnswerOf } from "@/lib/settings/list-service-rules";
import { refuseExisting, refuseProvisioned, type SaveOptions } from "@/lib/settings/names";
import { refuseCapture } from "@/lib/settings/refuse-capture";
import { refuseMoves } from "@/lib/settings/refuse-moves";
import { authoriseRule } from "@/lib/settings/rule-access";
import { refuseUnknownTeam, type ServiceRuleBody } from "@/lib/settings/rule-written";

/**
 * Sets a service's rule; what was there is derived anew by it soon after. Throws
 * `provisioned`, `name_taken`, `invalid_field`, what the policy says of its teams, and `forbidden`
 * where a team's admin would take by it what is not the team's.
 */
export async function saveServiceRule(
  context: Context,
  name: string,
  body: ServiceRuleBody,
  options: SaveOptions = {},
): Promise<ServiceRuleAnswer> {
  const rule = { name, ...body };
  const known = context.config.services.find((each) => each.name === name) ?? null;
  authoriseRule(context, name, known, body);
  refuseProvisioned(context.config, "services", name);
  refuseExisting(known !== null, options);
  // Before the lock on settings: to look through what was deployed takes some seconds.
  await refuseCapture(context, rule, known);
  await refuseMoves(context, rule, known);
  await changeSettings(context, async (trx) => {
    const before = await heldRule(trx, name);
    authoriseRule(context, name, before, body);
    refuseExisting(before !== null, options);
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
  return serviceRuleAnswerOf(rule, false);
}

function ruleOf(row: NonNullable<Awaited<ReturnType<typeof heldRule>>>): ServiceRuleBody {
  const { repository, team, depends_on: dependsOn, paths, deployments } = row;
  return { repository, team, dependsOn, paths, deployments };
}
