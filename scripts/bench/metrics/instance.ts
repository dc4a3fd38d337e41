import { type Config, defaultConfig } from "@/lib/config";
import { usualTarget, usualWindowDays, wholeInstance } from "@/lib/slo/objective";
import { services, teams } from "@/scripts/bench/metrics/fill";

/**
 * The configuration of an instance whose objectives are all set; every other service's
 * rule leaves out its repository, which its deployments then tell.
 */
export function benchConfig(): Config {
  const seconds = { rollback_decision: 15 * 60, main_broken: 3600, recovery: 3600 } as const;
  return {
    ...defaultConfig,
    teams: Array.from({ length: teams }, (_, index) => ({
      name: `team-${index}`,
      timezone: "Europe/Berlin",
    })),
    services: Array.from({ length: services }, (_, index) => ({
      name: `service-${index}`,
      repository: index % 2 === 0 ? `acme/service-${index}` : null,
      team: `team-${index % teams}`,
      dependsOn: [],
      paths: [],
      deployments: [],
    })),
    slos: Object.entries(seconds).map(([indicator, thresholdSeconds]) => ({
      indicator: indicator as keyof typeof seconds,
      scope: wholeInstance,
      thresholdSeconds,
      target: usualTarget,
      windowDays: usualWindowDays,
    })),
  };
}
