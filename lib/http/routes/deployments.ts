import { z } from "zod";
import { listDeployments } from "@/lib/deployments/list-deployments";
import { readDeployment } from "@/lib/deployments/read-deployment";
import { separationBody } from "@/lib/facts/separation-body";
import { correctionBody, setCorrection } from "@/lib/facts/set-correction";
import { setDeploymentSeparation } from "@/lib/facts/set-deployment-separation";
import { attemptStatuses, deploymentKinds } from "@/lib/facts/types";
import { deploymentAnswer, listOf } from "@/lib/http/answers";
import {
  booleanField,
  classField,
  definitionField,
  limitField,
  manyOf,
  namesField,
  timeField,
} from "@/lib/http/fields";
import { route } from "@/lib/http/route";
import { listDevlakeDeployments, readDevlakeDeployment } from "@/lib/metrics/devlake/read-by-links";
import { deploymentFigures } from "@/lib/metrics/rows-behind";

export const listDeploymentsRoute = route({
  operation: "listDeployments",
  method: "GET",
  path: "/api/v1/deployments",
  summary: "Deployments, newest first",
  access: "read",
  side: "next",
  query: z.strictObject({
    service: namesField.optional(),
    environment: namesField.optional(),
    team: namesField.optional(),
    tier: namesField.optional(),
    kind: manyOf(deploymentKinds).optional(),
    status: manyOf(attemptStatuses).optional(),
    failed: booleanField.optional(),
    withdrawn: booleanField.optional(),
    counted: booleanField.optional(),
    rework: booleanField.optional(),
    corrected: booleanField.optional(),
    figure: z.enum(deploymentFigures).optional(),
    changes: z
      .union([z.literal("unknown"), classField], { error: "unknown, or a class as 4-8 or 32-" })
      .optional(),
    lines: classField.optional(),
    branchAge: classField.optional(),
    author: namesField.optional(),
    search: z.string().min(1).max(200).optional(),
    from: timeField.optional(),
    to: timeField.optional(),
    definition: definitionField,
    cursor: z.string().optional(),
    limit: limitField,
  }),
  answer: listOf(deploymentAnswer),
  run: (context, { query: { definition, ...query } }) =>
    definition === "devlake"
      ? listDevlakeDeployments(context, query)
      : listDeployments(context, query),
});

export const readDeploymentRoute = route({
  operation: "readDeployment",
  method: "GET",
  path: "/api/v1/deployments/{id}",
  summary: "One deployment with all of its changes",
  access: "read",
  side: "next",
  parameters: z.object({ id: z.string() }),
  query: z.strictObject({ definition: definitionField }),
  answer: deploymentAnswer,
  run: (context, { parameters: { id }, query }) =>
    query.definition === "devlake"
      ? readDevlakeDeployment(context, id)
      : readDeployment(context, id),
});

export const setCorrectionRoute = route({
  operation: "setCorrection",
  method: "PUT",
  path: "/api/v1/deployments/{id}/correction",
  summary: "A person's word on a deployment's class, with a reason",
  access: "write",
  side: "next",
  parameters: z.object({ id: z.string() }),
  body: correctionBody,
  answer: deploymentAnswer,
  run: (context, { parameters, body }) => setCorrection(context, parameters.id, body),
});

export const setDeploymentSeparationRoute = route({
  operation: "setDeploymentSeparation",
  method: "PUT",
  path: "/api/v1/deployments/{id}/separation",
  summary: "A person's word that one report of a deployment stands apart, or joins it again",
  access: "write",
  side: "next",
  parameters: z.object({ id: z.string() }),
  body: separationBody,
  answer: deploymentAnswer,
  run: (context, { parameters, body }) => setDeploymentSeparation(context, parameters.id, body),
});
