import { formatSeconds } from "@/app/_ui/format";
import type { SloAnswer } from "@/lib/http/slo-answers";
import type { Indicator } from "@/lib/slo/indicators";

/** How people speak of what is measured. */
export const indicatorNames: Record<Indicator, string> = {
  build_duration: "Builds",
  deployment_duration: "Deployments",
  rollback_duration: "Rollbacks",
  rollback_decision: "Rollback decisions",
  commit_to_production: "Commit to production",
  main_broken: "Main branch broken",
  recovery: "Recovery",
};

/** What one event of it is, after a number. */
export const eventNames: Record<Indicator, [one: string, many: string]> = {
  build_duration: ["build", "builds"],
  deployment_duration: ["deployment", "deployments"],
  rollback_duration: ["rollback", "rollbacks"],
  rollback_decision: ["decision", "decisions"],
  commit_to_production: ["change", "changes"],
  main_broken: ["break", "breaks"],
  recovery: ["failure", "failures"],
};

/** "90% under 10 min over 28 days". */
export function objectiveWords({
  target,
  thresholdSeconds,
  windowDays,
}: Pick<SloAnswer, "target" | "windowDays"> & { thresholdSeconds: number }): string {
  const share = Math.round(target * 100_000) / 1000;
  return `${share}% under ${formatSeconds(thresholdSeconds)} over ${windowDays} days`;
}

export function scopeName({ team, service, repository }: SloAnswer["scope"]): string {
  return team ?? service ?? repository ?? "Everything";
}

/** What kind of scope it is, before its name; nothing for the whole. */
export function scopeKind({ team, service, repository }: SloAnswer["scope"]): string {
  if (team) return "team";
  if (service) return "service";
  return repository ? "repository" : "";
}

export function sloHref(id: string): string {
  return `/slos/${encodeURIComponent(id)}`;
}
