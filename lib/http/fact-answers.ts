import { z } from "zod";
import { attemptStatuses, factTypes } from "@/lib/facts/types";
import { seconds, sourceReference, time, timeOrNull } from "@/lib/http/answers";

/** Answers about builds, releases, one commit, and what was delivered. */

export const buildAnswer = z.object({
  id: z.string(),
  repository: z.string(),
  branch: z.string().nullable(),
  revision: z.string().nullable(),
  name: z.string(),
  attempt: z.number().int().nullable(),
  status: z.enum(attemptStatuses),
  queuedAt: timeOrNull,
  startedAt: timeOrNull,
  finishedAt: timeOrNull,
  durationSeconds: seconds,
  artifact: z.string().nullable(),
  url: z.string().nullable(),
  fallback: z.boolean(),
  stages: z.array(
    z.object({
      name: z.string(),
      status: z.enum(attemptStatuses),
      startedAt: timeOrNull,
      finishedAt: timeOrNull,
    }),
  ),
  sources: z.array(sourceReference),
});
export type BuildAnswer = z.infer<typeof buildAnswer>;

export const releaseAnswer = z.object({
  id: z.string(),
  service: z.string(),
  team: z.string().nullable(),
  environment: z.string(),
  tier: z.string(),
  subject: z.string(),
  flag: z.string().nullable(),
  percent: z.number().nullable(),
  enabled: z.boolean().nullable(),
  version: z.string().nullable(),
  title: z.string().nullable(),
  author: z.string().nullable(),
  at: time,
  url: z.string().nullable(),
  sources: z.array(sourceReference),
});
export type ReleaseAnswer = z.infer<typeof releaseAnswer>;

export const journeyAnswer = z.object({
  revision: z.string(),
  repository: z.string(),
  message: z.string().nullable(),
  author: z.string().nullable(),
  authoredAt: timeOrNull,
  committedAt: timeOrNull,
  pullRequest: z
    .object({
      number: z.number().int(),
      title: z.string().nullable(),
      firstCommitAt: timeOrNull,
      openedAt: timeOrNull,
      firstReviewAt: timeOrNull,
      mergedAt: timeOrNull,
      url: z.string().nullable(),
    })
    .nullable(),
  builds: z.array(buildAnswer),
  deployments: z.array(
    z.object({
      id: z.string(),
      service: z.string(),
      environment: z.string(),
      tier: z.string(),
      kind: z.string().nullable(),
      status: z.string(),
      finishedAt: timeOrNull,
      leadTimeSeconds: seconds,
      failed: z.boolean(),
    }),
  ),
});
export type JourneyAnswer = z.infer<typeof journeyAnswer>;

/** A change as one deployment shipped it. */
export const changeAnswer = z.object({
  revision: z.string(),
  repository: z.string(),
  message: z.string().nullable(),
  author: z.string().nullable(),
  authoredAt: timeOrNull,
  /** Where its lead time begins: its own commit, its pull request's or its original's first one. */
  firstAuthoredAt: timeOrNull,
  pullRequest: z.number().int().nullable(),
  service: z.string(),
  team: z.string().nullable(),
  environment: z.string(),
  tier: z.string(),
  deployment: z.string(),
  version: z.string().nullable(),
  finishedAt: time,
  leadTimeSeconds: seconds,
  codingSeconds: seconds,
  pickupSeconds: seconds,
  reviewSeconds: seconds,
  mergeToDeploySeconds: seconds,
  deploySeconds: seconds,
  anomaly: z.boolean(),
  reasons: z.array(z.string()),
});
export type ChangeAnswer = z.infer<typeof changeAnswer>;

export const deliveryAnswer = z.object({
  id: z.string(),
  source: z.string(),
  event: z.string(),
  receivedAt: time,
  outcome: z.enum(["pending", "accepted", "ignored", "failed"]),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  facts: z.array(z.object({ type: z.enum(factTypes), id: z.string() })),
});
export type DeliveryAnswer = z.infer<typeof deliveryAnswer>;

export const acceptedAnswer = z.object({
  delivery: z.string(),
  outcome: z.enum(["accepted", "duplicate"]),
});
