import { confirmedDeployments } from "./order";
import type { StreamIncident } from "./types";

/** That an incident comes from a deployment, and who says so. */
export interface Cause {
  incident: StreamIncident;
  by: "confirmed" | "declared_cause" | "matched";
}

/** Causes by deployment id, those of earlier incidents first. */
export type Causes = ReadonlyMap<string, readonly Cause[]>;

/**
 * Stratum 1: what each incident comes from. A verdict outranks a declaration,
 * and either outranks the model, of which only the likeliest deployment counts,
 * at the threshold or above and not rejected.
 */
export function findCauses(incidents: readonly StreamIncident[], matchThreshold: number): Causes {
  const causes = new Map<string, Cause[]>();
  for (const incident of incidents) {
    const confirmed = [...new Set(confirmedDeployments(incident))];
    const by = incident.verdict === "confirmed" ? "confirmed" : "declared_cause";
    const named = confirmed.map((id) => ({ id, by }) as const);
    const matched = confirmed.length > 0 ? null : matchedDeployment(incident, matchThreshold);
    const found = matched === null ? named : [{ id: matched, by: "matched" } as const];
    for (const { id, by } of found) {
      causes.set(id, [...(causes.get(id) ?? []), { incident, by }]);
    }
  }
  return causes;
}

/** Whether it is settled that no deployment of this stream did it. */
export function isSettledElsewhere(
  incident: StreamIncident,
  isOfStream: (deployment: string) => boolean,
): boolean {
  if (incident.verdict === "none") return true;
  const confirmed = confirmedDeployments(incident);
  const settled = confirmed.length > 0 || incident.confirmedRelease;
  return settled && !confirmed.some(isOfStream);
}

/** Whether an incident was open at a moment, from its first sign until its resolution. */
export function isOpenAt(incident: StreamIncident, at: number): boolean {
  const began = Math.min(incident.firstSignAt, incident.openedAt);
  return began <= at && (incident.resolvedAt === null || at < incident.resolvedAt);
}

function matchedDeployment(incident: StreamIncident, threshold: number): string | null {
  // An incident without a service fails only what a person names.
  if (incident.verdict !== null || incident.confirmedRelease || incident.withoutService)
    return null;
  const [likeliest] = [...incident.matches].sort(
    (a, b) => b.probability - a.probability || (a.deployment < b.deployment ? -1 : 1),
  );
  if (!likeliest || likeliest.probability < threshold) return null;
  return incident.rejected.includes(likeliest.deployment) ? null : likeliest.deployment;
}
