import { z } from "zod";
import { indicators } from "@/lib/slo/indicators";
import {
  type Objective,
  type Scope,
  usualTarget,
  usualThresholdSeconds,
  usualWindowDays,
  wholeInstance,
  windowDaysWithin,
} from "@/lib/slo/objective";

const text = z.string("a text").trim().min(1, "a text that is not empty").nullable().default(null);
const { atLeast, atMost } = windowDaysWithin;

export const thresholdField = z
  .number("a number of seconds")
  .positive("above 0")
  .max(90 * 86_400, "at most 90 days in seconds");
export const targetField = z.number("a number").gt(0, "above 0").lt(1, "below 1, as 0.9");
export const windowDaysField = z
  .number("a number of days")
  .int("a whole number of days")
  .min(atLeast, `${atLeast} or more`)
  .max(atMost, `${atMost} or less`);

/** An objective as pushline.yaml writes it. */
export const configObjective = z
  .strictObject({
    indicator: z.enum(indicators, `one of ${indicators.join(", ")}`),
    team: text,
    service: text,
    repository: text,
    thresholdSeconds: thresholdField.nullable().default(null),
    target: targetField.default(usualTarget),
    windowDays: windowDaysField.default(usualWindowDays),
    off: z.boolean("true or false").default(false),
  })
  .refine(
    ({ team, service, repository }) => [team, service, repository].filter(Boolean).length <= 1,
    {
      message: "at most one of team, service and repository",
    },
  )
  .refine((written) => written.off || thresholdOf(written) !== null, {
    path: ["thresholdSeconds"],
    message: "a number of seconds: this indicator has no usual one",
  })
  .transform((written): Objective => {
    const { indicator, target, windowDays, off } = written;
    const thresholdSeconds = off ? null : thresholdOf(written);
    return { indicator, scope: scopeOf(written), thresholdSeconds, target, windowDays };
  });

interface Written {
  indicator: Objective["indicator"];
  thresholdSeconds: number | null;
  team: string | null;
  service: string | null;
  repository: string | null;
}

function thresholdOf({ indicator, thresholdSeconds }: Written): number | null {
  return thresholdSeconds ?? usualThresholdSeconds[indicator] ?? null;
}

function scopeOf({ team, service, repository }: Written): Scope {
  if (service) return { kind: "service", name: service };
  if (repository) return { kind: "repository", name: repository };
  return team ? { kind: "team", name: team } : wholeInstance;
}
