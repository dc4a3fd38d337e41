import { authorise } from "@/lib/auth/policy";
import { teamOfService } from "@/lib/config/team-of-service";
import type { Context } from "@/lib/context";
import { readDeployment } from "@/lib/deployments/read-deployment";
import type { SeparationBody } from "@/lib/facts/separation-body";
import type { DeploymentAnswer } from "@/lib/http/answers";
import { Problem } from "@/lib/http/problem";
import { tell } from "@/lib/ingest/tell";
import { settleDelivery } from "@/lib/projection/settle-delivery";

/**
 * Holds one report of a deployment apart in a person's name, or lets it join again;
 * the figures have it when this returns. Answers the deployment as it is without the
 * report, or with it. Throws `not_found` for the deployment, or a report neither of it
 * nor held apart from it, `forbidden`, and `nothing_to_part` where it is the only one.
 */
export async function setDeploymentSeparation(
  context: Context,
  named: string,
  { member, apart, note }: SeparationBody,
): Promise<DeploymentAnswer> {
  const { id, service, environment, sources, separated } = await readDeployment(context, named);
  authorise(context, "write", { service, team: teamOfService(context.config, service) });
  const report = [...sources, ...separated].find((each) => each.id === member);
  if (!report)
    throw new Problem("not_found", "This deployment has no report of this id.", {
      field: "member",
      expected: "the id of one of its sources, or of what is held apart from it",
    });
  if (!apart && report.apart === null) return readDeployment(context, member);
  const rest = sources.find((each) => each.id !== member);
  if (apart && !rest)
    throw new Problem("nothing_to_part", "It stands alone: there is nothing to part it from.");
  const delivery = await tell(
    context,
    { type: "separation", kind: "deployment", member, apart, note },
    {
      action: apart ? "deployment.separated" : "deployment.rejoined",
      subject: { kind: "deployment", id },
      details: { service, environment, source: report.source, note },
    },
  );
  await settleDelivery(context, delivery, async () => [{ service, environment }]);
  return readDeployment(context, apart && rest ? rest.id : member);
}
