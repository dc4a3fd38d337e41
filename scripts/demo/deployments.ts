import type { Story } from "@/scripts/demo/agenda";
import type { Artifact, Deployment, EnvironmentName } from "@/scripts/demo/events";
import { emit, type Line, type Simulation, within } from "@/scripts/demo/simulation";
import { recordDeployment, type TrueKind } from "@/scripts/demo/truth";
import type { Person } from "@/scripts/demo/world";

export interface RolloutPlan {
  environment: EnvironmentName;
  artifact: Artifact;
  kind: TrueKind;
  by: Person;
  hotfix?: boolean;
  /** The attempt stops here instead of finishing. */
  stopsAt?: { percent: number; status: "failed" | "canceled" };
  /** From start to finish; the service's usual span otherwise. */
  seconds?: number;
  /** Told while it still runs, for those who want to refer to it early. */
  onStart?: (deployment: Deployment) => void;
}

/** One attempt, from its request to its end; production's lock is the caller's. */
export function* rollOut(simulation: Simulation, line: Line, plan: RolloutPlan): Story<Deployment> {
  const { agenda } = simulation;
  const { random } = line;
  const deployment = newDeployment(simulation, line, plan);
  const say = (changes: Partial<Deployment>) => {
    Object.assign(deployment, changes);
    recordDeployment(simulation, deployment, plan.kind);
    emit(simulation, {
      type: "deployment",
      deployment: { ...deployment, steps: [...deployment.steps] },
    });
  };
  say({});
  yield within(simulation, line, 2, 20);
  say({ status: "running", startedAt: agenda.now });
  plan.onStart?.(deployment);

  const seconds = plan.seconds ?? usualSeconds(simulation, line, plan);
  const percents = stepsOf(line, plan);
  const started = agenda.now;
  for (const [index, percent] of percents.entries()) {
    yield started +
      Math.round((seconds * (index + 1) * 1000) / (percents.length + 1) / 1000) * 1000;
    shift(line, plan, agenda.now, percent);
    if (line.service.strategy === "canary") {
      deployment.steps.push({ percent, at: agenda.now });
      if (percent < 100) say({});
    }
    if (plan.stopsAt && percent >= plan.stopsAt.percent) {
      yield agenda.now + random.integer(10, 90) * 1000;
      shift(line, plan, agenda.now, 0);
      say({ status: plan.stopsAt.status, finishedAt: agenda.now });
      return deployment;
    }
  }
  yield started + Math.round(seconds) * 1000;
  line.live[plan.environment] = plan.artifact;
  say({ status: "succeeded", finishedAt: agenda.now });
  return deployment;
}

function newDeployment(simulation: Simulation, line: Line, plan: RolloutPlan): Deployment {
  const { identities, agenda } = simulation;
  const { service, random } = line;
  const name = [service.name, plan.environment, agenda.now, plan.artifact.revision] as const;
  const rollback = plan.kind === "rollback";
  // Half of the people say that they roll back; the others just deploy the old revision.
  const said = rollback && random.chance(0.5);
  return {
    key:
      service.reports === "github"
        ? String(identities.number("deployment", ...name))
        : `${service.name}-${plan.environment}-${identities.sha("deployment", ...name).slice(0, 10)}`,
    service,
    environment: plan.environment,
    artifact: plan.artifact,
    status: "queued",
    task: said && service.reports === "github" ? "rollback" : "deploy",
    description: rollback ? `Back to ${plan.artifact.version}` : null,
    declaredKind: said && service.reports === "native" ? "rollback" : null,
    hotfix: plan.hotfix ?? false,
    steps: [],
    by: plan.by,
    createdAt: agenda.now,
    startedAt: null,
    finishedAt: null,
  };
}

function usualSeconds(simulation: Simulation, line: Line, plan: RolloutPlan): number {
  const [low, high] = line.service.rolloutSeconds;
  const { random } = line;
  // Now and then a node is slow and a rollout misses its objective.
  const slow = random.chance(0.07) ? random.between(1.5, 3) : 1;
  if (plan.kind === "rollback") return random.logNormal(38, 0.35) * slow * simulation.pace;
  const canary = line.service.strategy === "canary" && plan.environment === "production";
  return random.between(low, high) * (canary ? 1.6 : 1) * slow * simulation.pace;
}

function stepsOf(line: Line, plan: RolloutPlan): number[] {
  if (plan.environment === "staging" || plan.kind === "first") return [100];
  if (line.service.strategy === "canary" && plan.kind !== "rollback") return [5, 25, 50, 100];
  return [25, 50, 75, 100];
}

/** Moves traffic; running a version again where it already serves moves none. */
function shift(line: Line, plan: RolloutPlan, at: number, percent: number): void {
  if (line.live[plan.environment]?.version === plan.artifact.version) return;
  line.traffic[plan.environment].push({ at, version: plan.artifact.version, percent });
}
