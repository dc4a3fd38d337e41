import { hour } from "@/scripts/demo/calendar";
import type { Effect } from "@/scripts/demo/effects";
import type { Random } from "@/scripts/demo/random";
import { isCalm, type Line, type Simulation } from "@/scripts/demo/simulation";

export type Symptom = "errors" | "latency" | "saturation" | "leak";
export type FaultRemedy =
  | "rollback"
  | "fix_forward"
  | "revert"
  | "hotfix"
  | "fix_then_rollback"
  | "deploy_then_rollback"
  | "wait_then_fix";

/** A deployment that is going to be bad, and how it will end. */
export interface Fault {
  story: string;
  symptom: Symptom;
  remedy: FaultRemedy;
  /** Seen and undone by its author before anything fired. */
  silent?: boolean;
  /** Whether those who depend on the service fire too, or they alone. */
  dependants?: "too" | "only";
}

/** What is scripted for this deployment, else a draw; null for a good one. */
export function faultFor(simulation: Simulation, line: Line): Fault | null {
  const { agenda, settings } = simulation;
  const before = settings.now - agenda.now;
  if (!isCalm(simulation, line)) return null;
  const index = simulation.scripted.findIndex(
    ({ service, daysBefore }) =>
      service === line.service.name && before > 0 && before <= daysBefore * 24 * hour,
  );
  if (index >= 0) return simulation.scripted.splice(index, 1)[0]?.fault ?? null;
  // The last hours are staged (scenes.ts); a draw would spoil them.
  if (before > 0 && before < 10 * hour) return null;
  return line.random.chance(line.service.failRate) ? drawFault(line.random, line) : null;
}

function drawFault(random: Random, line: Line): Fault {
  const symptom = random.pick([
    "errors",
    "errors",
    "errors",
    "latency",
    "latency",
    "saturation",
  ] as const);
  const draw = random.next();
  if (draw < 0.12) return { story: "undone_in_silence", symptom, remedy: "rollback", silent: true };
  if (draw < 0.56) return { story: "error_spike", symptom, remedy: "rollback" };
  if (draw < 0.82) return { story: "fixed_forward", symptom, remedy: "fix_forward" };
  if (draw < 0.92) return { story: "reverted", symptom, remedy: "revert" };
  if (draw < 0.96 && line.service.reports === "native")
    return { story: "declared_hotfix", symptom, remedy: "hotfix" };
  return { story: "memory_leak", symptom: "leak", remedy: "rollback" };
}

/** How a symptom shows where it strikes fully. */
export function strikeOf(random: Random, symptom: Symptom): Partial<Effect> {
  switch (symptom) {
    case "errors":
      return { errorRatio: random.between(0.05, 0.22), latencyFactor: random.between(1, 1.6) };
    case "latency":
      return { latencyFactor: random.between(2.6, 5), errorRatio: random.between(0.004, 0.015) };
    case "saturation":
      return {
        cpu: random.between(0.35, 0.5),
        latencyFactor: random.between(1.8, 2.6),
        errorRatio: random.between(0.01, 0.04),
      };
    case "leak":
      return { leakMegabytesPerHour: random.between(220, 420) };
  }
}

export function alertNamesOf(symptom: Symptom): string[] {
  switch (symptom) {
    case "errors":
      return ["HighErrorRate", "ErrorBudgetBurn"];
    case "latency":
      return ["HighLatencyP95"];
    case "saturation":
      return ["CpuSaturation", "HighLatencyP95"];
    case "leak":
      return ["MemoryNearLimit", "HighErrorRate"];
  }
}

export function titleOf(service: string, symptom: Symptom): string {
  switch (symptom) {
    case "errors":
      return `${service}: 5xx ratio above 2 %`;
    case "latency":
      return `${service}: p95 latency twice its usual`;
    case "saturation":
      return `${service}: CPU saturated`;
    case "leak":
      return `${service}: memory near its limit`;
  }
}
