import { z } from "zod";
import { reachKinds, scopes } from "@/lib/auth/actor";
import { authModes } from "@/lib/config/schema";
import { time, timeOrNull } from "@/lib/http/answers";
import { deliveryAnswer } from "@/lib/http/fact-answers";
import { sourceStates } from "@/lib/source-health/state";

/** Answers about what is set up: in settings, or by pushline.yaml (`provisioned`, and read-only). */

export const sourceAnswer = z.object({
  name: z.string(),
  provider: z.string(),
  /** The provider as people call it. */
  title: z.string(),
  auth: z.enum(authModes),
  username: z.string().nullable(),
  header: z.string().nullable(),
  /** Where to send; a path alone where this instance was told no address of its own. */
  address: z.string(),
  /** How many hold: two while one replaces the other. */
  secrets: z.number().int(),
  provisioned: z.boolean(),
  createdAt: timeOrNull,
  rotatedAt: timeOrNull,
  canTest: z.boolean(),
  /** It is read by rules of its own, and not by a reader. */
  hasMapping: z.boolean(),
  /** How its provider's API is asked for the past; null where it is not. */
  history: z
    .object({
      /** What a history is of: a repository, a job, a service. */
      label: z.string(),
      placeholder: z.string(),
      /** Where most have it; null where every installation has its own. */
      api: z.string().nullable(),
      tokenHint: z.string(),
      /** Whether what was sent and did not arrive can be asked for again. */
      knowsMissed: z.boolean(),
      /** What a token for that has to be allowed, which is more; null where it cannot be asked for. */
      missedTokenHint: z.string().nullable(),
    })
    .nullable(),
  lastDelivery: deliveryAnswer
    .pick({ id: true, event: true, receivedAt: true, outcome: true, error: true })
    .nullable(),
  deliveries24h: z.number().int(),
  failed24h: z.number().int(),
  state: z.enum(sourceStates),
});
export type SourceAnswer = z.infer<typeof sourceAnswer>;

/** The only answer that holds the secret: it cannot be shown again. */
export const sourceWithSecretAnswer = z.object({ source: sourceAnswer, secret: z.string() });
export type SourceWithSecretAnswer = z.infer<typeof sourceWithSecretAnswer>;

export const providerAnswer = z.object({
  name: z.string(),
  title: z.string(),
  /** The ways its sources may prove themselves, the usual one first. */
  auths: z.array(z.enum(authModes)),
  /** Those of them that the provider itself has a form for; the others need a proxy in between. */
  offers: z.array(z.enum(authModes)),
  /** Whether it makes the secret it signs with itself: such a source is best given that one. */
  makesSecret: z.boolean(),
  defaultAuth: z.enum(authModes),
  canTest: z.boolean(),
  icon: z.object({ path: z.string(), viewBox: z.string() }),
});
export type ProviderAnswer = z.infer<typeof providerAnswer>;

/** Texts hold `{{pushline.address}}`, `{{pushline.secret}}` and their like where a source's own go. */
const stepAnswer = z.object({
  text: z.string(),
  fields: z.array(z.tuple([z.string(), z.string()])).optional(),
  code: z.string().optional(),
});

export const providerGuideAnswer = z.object({
  name: z.string(),
  title: z.string(),
  /** What to do on the provider's side, by each way in which a source may prove itself. */
  ways: z.array(z.object({ auth: z.enum(authModes), steps: z.array(stepAnswer) })),
});
export type ProviderGuideAnswer = z.infer<typeof providerGuideAnswer>;

export const tokenAnswer = z.object({
  id: z.string(),
  name: z.string(),
  /** How the secret begins; of one that pushline.yaml has nothing is told. */
  prefix: z.string().nullable(),
  scopes: z.array(z.enum(scopes)),
  reach: z.object({ kind: z.enum(reachKinds), name: z.string() }).nullable(),
  createdBy: z.string().nullable(),
  createdAt: timeOrNull,
  expiresAt: timeOrNull,
  lastUsedAt: timeOrNull,
  provisioned: z.boolean(),
  /** Until when the secret before this one holds as well. */
  replacing: timeOrNull,
  state: z.enum(["active", "expired", "revoked"]),
});
export type TokenAnswer = z.infer<typeof tokenAnswer>;

/** The only answer that holds the secret: it cannot be shown again. */
export const tokenWithSecretAnswer = z.object({ token: tokenAnswer, secret: z.string() });
export type TokenWithSecretAnswer = z.infer<typeof tokenWithSecretAnswer>;

export const serviceRuleAnswer = z.object({
  name: z.string(),
  repository: z.string().nullable(),
  team: z.string().nullable(),
  dependsOn: z.array(z.string()),
  paths: z.array(z.string()),
  deployments: z.array(z.string()),
  provisioned: z.boolean(),
});
export type ServiceRuleAnswer = z.infer<typeof serviceRuleAnswer>;

export const rulePreviewAnswer = z.object({
  deployments: z.object({
    /** How many of the last 90 days were looked at, and whether these are all. */
    seen: z.number().int(),
    complete: z.boolean(),
    /** Those that would be this service's. */
    matched: z.number().int(),
    /** Those that would be of another service than they are now. */
    moved: z.number().int(),
    examples: z.array(
      z.object({
        id: z.string(),
        /** As its sender names it. */
        named: z.string(),
        environment: z.string(),
        at: time,
        from: z.string(),
        to: z.string(),
      }),
    ),
  }),
  changes: z.object({
    seen: z.number().int(),
    complete: z.boolean(),
    matched: z.number().int(),
    examples: z.array(
      z.object({
        revision: z.string(),
        message: z.string().nullable(),
        paths: z.array(z.string()),
      }),
    ),
  }),
});
export type RulePreviewAnswer = z.infer<typeof rulePreviewAnswer>;

export const engineAnswer = z.object({
  name: z.string(),
  /** A password in it is masked. */
  url: z.string(),
  hasCredential: z.boolean(),
  provisioned: z.boolean(),
});
export type EngineAnswer = z.infer<typeof engineAnswer>;

export const engineCheckAnswer = z.object({
  ok: z.boolean(),
  version: z.string().nullable(),
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
  seconds: z.number(),
});
export type EngineCheckAnswer = z.infer<typeof engineCheckAnswer>;
