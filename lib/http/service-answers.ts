import { z } from "zod";
import { time, timeOrNull } from "@/lib/http/answers";

/** Answers about services and what runs where. */

export const serviceAnswer = z.object({
  name: z.string(),
  team: z.string().nullable(),
  repository: z.string().nullable(),
  dependsOn: z.array(z.string()),
  dependents: z.array(z.string()),
  environments: z.array(z.string()),
  openIncidents: z.number().int(),
  lastDeployment: z
    .object({
      id: z.string(),
      environment: z.string(),
      at: time,
      kind: z.string().nullable(),
      status: z.string(),
      version: z.string().nullable(),
      revision: z.string().nullable(),
    })
    .nullable(),
});
export type ServiceAnswer = z.infer<typeof serviceAnswer>;

export const environmentAnswer = z.object({
  service: z.string(),
  environment: z.string(),
  tier: z.string(),
  /** What runs there; null while nothing has succeeded. */
  running: z
    .object({
      deployment: z.string(),
      revision: z.string().nullable(),
      version: z.string().nullable(),
      artifact: z.string().nullable(),
      since: time,
    })
    .nullable(),
  /** The attempt under way. */
  rolling: z
    .object({
      deployment: z.string(),
      status: z.string(),
      version: z.string().nullable(),
      revision: z.string().nullable(),
      since: timeOrNull,
    })
    .nullable(),
  /** Changes that the service's newest environment has and this one has not; null when unknown. */
  changesBehind: z.number().int().nullable(),
  sameArtifact: z.boolean().nullable(),
});
export type EnvironmentAnswer = z.infer<typeof environmentAnswer>;
