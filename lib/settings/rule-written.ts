import { z } from "zod";
import { configService } from "@/lib/config/schema";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

const { repository, team, dependsOn } = configService.shape;

export const serviceName = configService.shape.name.max(200, "at most 200 characters");

/**
 * Globs that are matched against a hundred thousand names in no time. Each wildcard
 * more raises the time by the length of the name once more, and a repeated group
 * doubles it with each letter; pushline.yaml's are its operator's own affair.
 */
function globs(wildcards: number) {
  const glob = z
    .string("a text")
    .trim()
    .min(1, "a text that is not empty")
    .max(200, "at most 200 characters")
    .refine(
      (text) => (text.match(/\*+/g)?.length ?? 0) <= wildcards,
      `at most ${wildcards} wildcards (*)`,
    )
    .refine((text) => !/[()]|[\]}]\+/.test(text), "a glob of * ? [ ] { } alone");
  return z.array(glob).max(100, "at most 100 globs").default([]);
}

const members = {
  repository: repository.refine((text) => (text?.length ?? 0) <= 200, "at most 200 characters"),
  team,
  dependsOn: dependsOn.refine((names) => names.length <= 100, "at most 100 services"),
  paths: globs(3),
  /** Matched against descriptions too, which may be long. */
  deployments: globs(2),
};

export const serviceRuleBody = z.strictObject(members);
export type ServiceRuleBody = z.output<typeof serviceRuleBody>;

export const previewBody = z.strictObject({ name: serviceName, ...members });

/** A rule as settings are told it. */
export interface WrittenRule extends ServiceRuleBody {
  name: string;
}

/** Throws `invalid_field` for a team that is not there: it would be nobody's. */
export function refuseUnknownTeam(
  { config }: Pick<Context, "config">,
  { team: named }: Pick<WrittenRule, "team">,
): void {
  if (named === null || config.teams.some(({ name }) => name === named)) return;
  throw new Problem("invalid_field", "There is no team of this name.", {
    field: "team",
    expected: "the name of a team",
  });
}
