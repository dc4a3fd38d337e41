import { z } from "zod";
import { authorise } from "@/lib/auth/policy";
import { teamOfService } from "@/lib/config/team-of-service";
import type { Context } from "@/lib/context";
import { readDeployment } from "@/lib/deployments/read-deployment";
import { deploymentKinds } from "@/lib/facts/types";
import type { DeploymentAnswer } from "@/lib/http/answers";
import { tell } from "@/lib/ingest/tell";
import { settleDelivery } from "@/lib/projection/settle-delivery";

export const correctionBody = z.strictObject({
  /** Null leaves what was declared or derived. */
  kind: z.enum(deploymentKinds).nullable().default(null),
  failed: z.boolean().nullable().default(null),
  note: z.string().trim().min(1, "a reason").max(5_000),
});
export type CorrectionBody = z.infer<typeof correctionBody>;

/**
 * Corrects a deployment's class in a person's name, with a reason; both members
 * null undo. The figures have it when this returns. Throws `not_found`, and
 * `forbidden` for who may not judge what the deployment's team does.
 */
export async function setCorrection(
  context: Context,
  named: string,
  body: CorrectionBody,
): Promise<DeploymentAnswer> {
  const { id, service, environment } = await readDeployment(context, named);
  authorise(context, "write", { service, team: teamOfService(context.config, service) });
  const delivery = await tell(
    context,
    { type: "correction", deployment: id, ...body },
    {
      action: "deployment.corrected",
      subject: { kind: "deployment", id },
      details: { service, environment, ...body },
    },
  );
  await settleDelivery(context, delivery, async () => [{ service, environment }]);
  return readDeployment(context, named);
}
