import { reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { LevelsAnswer } from "@/lib/http/insight-answers";
import { levelYears } from "@/lib/metrics/levels";

const warning =
  "DORA's levels describe clusters of whole answers to a survey, each for its own year. A level of a single metric is a reading aid, not a grade.";

/** The levels of each year with their source, newest first; 2025 and later have none. */
export async function readLevels(
  context: Pick<Context, "actor" | "config">,
): Promise<LevelsAnswer> {
  reachOf(context);
  return {
    warning,
    units: {
      deployment_frequency: "seconds between two deployments",
      lead_time: "seconds",
      change_fail_rate: "whole percents",
      recovery_time: "seconds",
    },
    items: levelYears.map(({ year, source, caveats, metrics }) => ({
      year,
      source,
      caveats: [...caveats],
      metrics: {
        deployment_frequency: [...metrics.deployment_frequency],
        lead_time: [...metrics.lead_time],
        change_fail_rate: [...metrics.change_fail_rate],
        recovery_time: [...metrics.recovery_time],
      },
    })),
  };
}
