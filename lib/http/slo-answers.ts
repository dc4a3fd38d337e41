import { z } from "zod";
import { time, timeOrNull } from "@/lib/http/answers";
import { sloStates } from "@/lib/slo/burn-rates";
import { indicators } from "@/lib/slo/indicators";

/** Answers about service level objectives and main branches. */

const scopeAnswer = z.object({
  team: z.string().optional(),
  service: z.string().optional(),
  repository: z.string().optional(),
});

const objectiveOrigins = ["default", "pushline.yaml", "settings"] as const;
export type ObjectiveOrigin = (typeof objectiveOrigins)[number];

export const objectiveAnswer = z.object({
  id: z.string(),
  indicator: z.enum(indicators),
  scope: scopeAnswer,
  /** Null: switched off in this scope. */
  thresholdSeconds: z.number().nullable(),
  target: z.number(),
  windowDays: z.number().int(),
  origin: z.enum(objectiveOrigins),
  provisioned: z.boolean(),
});
export type ObjectiveAnswer = z.infer<typeof objectiveAnswer>;

const ratio = z.number().nullable();

const burnRateAnswer = z.object({
  windowSeconds: z.number(),
  shortWindowSeconds: z.number(),
  burnRate: ratio,
  shortBurnRate: ratio,
  n: z.number().int(),
  good: z.number().int(),
  shortN: z.number().int(),
  shortGood: z.number().int(),
  thresholdRate: z.number(),
  /** Of the whole window's budget, by this window alone. */
  budgetSpent: ratio,
  burning: z.boolean(),
});

export const sloAnswer = z.object({
  id: z.string(),
  indicator: z.enum(indicators),
  scope: scopeAnswer,
  thresholdSeconds: z.number(),
  target: z.number(),
  windowDays: z.number().int(),
  from: time,
  to: time,
  n: z.number().int(),
  good: z.number().int(),
  attainment: ratio,
  budgetLeft: ratio,
  burnRates: z.array(burnRateAnswer),
  state: z.enum(sloStates),
  provisioned: z.boolean(),
  /** Where its objective was said: in this scope or a wider one. */
  objective: z.object({ scope: scopeAnswer, origin: z.enum(objectiveOrigins) }),
  /** The budget left after each day of the window; only where it was asked for. */
  burnDown: z.array(ratio).optional(),
});
export type SloAnswer = z.infer<typeof sloAnswer>;

export const burnDownAnswer = z.object({
  points: z.array(
    z.object({ at: time, budgetLeft: ratio, n: z.number().int(), good: z.number().int() }),
  ),
});
export type BurnDownAnswer = z.infer<typeof burnDownAnswer>;

const sloEventKinds = ["build", "deployment", "change", "failure", "main_break"] as const;

export const sloEventAnswer = z.object({
  kind: z.enum(sloEventKinds),
  id: z.string(),
  name: z.string(),
  /** Where it counts; an incident's recovery and a broken main branch count where they began. */
  at: time,
  seconds: z.number(),
  /** By which it was judged: its own service's, repository's or team's where these have one. */
  thresholdSeconds: z.number(),
  good: z.boolean(),
  reason: z.string(),
  /** A page of Pushline, or the provider's. */
  href: z.string().nullable(),
});
export type SloEventAnswer = z.infer<typeof sloEventAnswer>;

const builtRevision = z.object({ build: z.string(), revision: z.string().nullable() });

export const mainBranchAnswer = z.object({
  repository: z.string(),
  branch: z.string(),
  state: z.enum(["green", "red", "unknown"]),
  /** Since when; null where it was never seen to change. */
  since: timeOrNull,
  /** What turned it red, now or the last time. */
  brokenBy: builtRevision.nullable(),
  /** How it was mended the last time; null while it is red. `by` is null where no change was needed. */
  mended: z
    .object({
      by: z.enum(["revert", "fix"]).nullable(),
      at: time,
      build: z.string(),
      revision: z.string().nullable(),
    })
    .nullable(),
});
export type MainBranchAnswer = z.infer<typeof mainBranchAnswer>;
