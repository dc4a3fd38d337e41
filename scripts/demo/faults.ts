import type { Story } from "@/scripts/demo/agenda";
import { type OpenIncident, openIncident, resolveIncident } from "@/scripts/demo/alerts";
import { minute } from "@/scripts/demo/calendar";
import { rollOut } from "@/scripts/demo/deployments";
import { type Effect, effectOf } from "@/scripts/demo/effects";
import type { Artifact, Deployment } from "@/scripts/demo/events";
import { alertNamesOf, type Fault, strikeOf, titleOf } from "@/scripts/demo/fault-catalogue";
import { rollBack, shipFix, shipMeanwhile } from "@/scripts/demo/remedies";
import {
  afterThought,
  isCalm,
  type Line,
  lineOf,
  type Simulation,
  within,
} from "@/scripts/demo/simulation";
import { markFailed, markWithdrawn, referenceTo, type TrueRemedy } from "@/scripts/demo/truth";
import { dependantsOf, type Person } from "@/scripts/demo/world";

export interface BadDeployment {
  artifact: Artifact;
  previous: Artifact;
  by: Person;
  fault: Fault;
}

/**
 * A bad deployment from its start to its end; production's lock is the caller's.
 * True when it was rolled back, so that its change still waits for a repair.
 */
export function* sufferFault(
  simulation: Simulation,
  line: Line,
  bad: BadDeployment,
): Story<boolean> {
  const { agenda } = simulation;
  const { fault, artifact } = bad;
  const effect = effectOf({
    service: line.service.name,
    version: artifact.version,
    from: agenda.now,
    ...strikeOf(line.random, fault.symptom),
  });
  simulation.effects.push(effect);
  const deployment = yield* rollOut(simulation, line, {
    environment: "production",
    artifact,
    by: bad.by,
    kind: "deploy",
  });
  yield* untilNoticed(simulation, line, fault, effect);
  if (fault.silent) {
    yield* rollBack(simulation, line, bad.previous);
    markFailed(simulation, deployment, "rolled_back");
    return true;
  }
  markFailed(simulation, deployment, fault.remedy === "revert" ? "reverted" : "incident");
  const opened = openEverywhere(simulation, line, fault, deployment, effect);
  if (fault.remedy === "wait_then_fix") {
    // Nobody thinks it urgent, so the service goes on shipping.
    effect.version = null;
    agenda.start(waitThenFix(simulation, line, deployment, effect, opened));
    return false;
  }
  return yield* remedy(simulation, line, bad, deployment, effect, opened);
}

function* untilNoticed(simulation: Simulation, line: Line, fault: Fault, effect: Effect): Story {
  const { agenda } = simulation;
  if (fault.symptom !== "leak") {
    yield afterThought(simulation, line, 150);
    return;
  }
  yield agenda.now + Math.round(line.random.between(3, 6) * simulation.pace * 60) * minute;
  // Out of memory: killed and restarted again and again.
  simulation.effects.push(
    effectOf({
      service: effect.service,
      version: effect.version,
      from: agenda.now,
      rampSeconds: 240,
      errorRatio: 0.07,
      latencyFactor: 2.2,
      cpu: 0.2,
    }),
  );
  yield within(simulation, line, 150, 420);
}

function openEverywhere(
  simulation: Simulation,
  line: Line,
  fault: Fault,
  deployment: Deployment,
  effect: Effect,
): OpenIncident[] {
  const cause = referenceTo(deployment);
  const truth = {
    story: fault.story,
    fault: `${line.service.name}@${deployment.artifact.version}`,
    faultStartedAt: firstTraffic(line, deployment),
    cause,
  };
  const open = (where: Line) =>
    openIncident(simulation, where, {
      title: titleOf(where.service.name, fault.symptom),
      severity: "critical",
      alertNames: alertNamesOf(fault.symptom),
      truth,
    });
  const opened = fault.dependants === "only" ? [] : [open(line)];
  if (!fault.dependants) return opened;
  const dependants = dependantsOf(simulation.world, line.service.name)
    .map(({ name }) => lineOf(simulation, name))
    .filter((dependant) => isCalm(simulation, dependant))
    .slice(0, 2);
  for (const dependant of dependants) {
    simulation.effects.push(
      effectOf({
        service: dependant.service.name,
        from: effect.from,
        errorRatio: Math.max(effect.errorRatio * 0.6, fault.symptom === "latency" ? 0.02 : 0.04),
        latencyFactor: 1 + (effect.latencyFactor - 1) * 0.7,
      }),
    );
    opened.push(open(dependant));
  }
  return opened;
}

function* remedy(
  simulation: Simulation,
  line: Line,
  bad: BadDeployment,
  deployment: Deployment,
  effect: Effect,
  opened: OpenIncident[],
): Story<boolean> {
  const tried = (kind: TrueRemedy, by: Deployment, held: boolean) => {
    for (const { truth } of opened) truth.remedies.push({ kind, by: referenceTo(by), held });
  };
  const kind = bad.fault.remedy;
  yield afterThought(simulation, line, 210);
  if (
    kind === "fix_then_rollback" ||
    kind === "fix_forward" ||
    kind === "revert" ||
    kind === "hotfix"
  ) {
    const style = kind === "revert" || kind === "hotfix" ? kind : "fix_forward";
    const helps = kind !== "fix_then_rollback";
    const shipped = yield* shipFix(simulation, line, bad.artifact, style, helps ? null : effect);
    tried(style === "revert" ? "revert" : "fix_forward", shipped, helps);
    if (!helps) {
      yield within(simulation, line, 180, 420);
      markWithdrawn(simulation, shipped);
    }
  }
  if (kind === "deploy_then_rollback") {
    const between = yield* shipMeanwhile(simulation, line, 1, effect);
    yield within(simulation, line, 120, 400);
    for (const shipped of between) markWithdrawn(simulation, shipped);
  }
  const rolledBack =
    kind === "rollback" || kind === "deploy_then_rollback" || kind === "fix_then_rollback";
  if (rolledBack) tried("rollback", yield* rollBack(simulation, line, bad.previous), true);
  yield* close(simulation, line, deployment, effect, opened);
  return rolledBack;
}

function* waitThenFix(
  simulation: Simulation,
  line: Line,
  deployment: Deployment,
  effect: Effect,
  opened: OpenIncident[],
): Story {
  line.mergesHeld = true;
  yield* shipMeanwhile(simulation, line, 10, null);
  yield within(simulation, line, 600, 1800);
  const shipped = yield* shipFix(simulation, line, deployment.artifact, "fix_forward", null);
  for (const { truth } of opened)
    truth.remedies.push({ kind: "fix_forward", by: referenceTo(shipped), held: true });
  yield* close(simulation, line, deployment, effect, opened);
  line.mergesHeld = false;
}

/** The signals calm down, and then the alerts. */
function* close(
  simulation: Simulation,
  line: Line,
  deployment: Deployment,
  effect: Effect,
  opened: OpenIncident[],
): Story {
  const { agenda } = simulation;
  for (const other of simulation.effects)
    if (other.to === null && (other === effect || startedWith(other, effect, opened)))
      other.to = agenda.now;
  yield within(simulation, line, 120, 300);
  // Half of the reviews write the cause down, where they know it by the id that Pushline knows.
  const named = line.service.reports === "native" && line.random.chance(0.5);
  const cause = named ? deployment.key : null;
  for (const [index, incident] of opened.entries()) {
    if (index > 0) yield within(simulation, line, 20, 120);
    resolveIncident(simulation, incident, cause);
  }
}

const startedWith = (other: Effect, effect: Effect, opened: OpenIncident[]) =>
  other.from === effect.from && opened.some(({ line }) => line.service.name === other.service);

function firstTraffic(line: Line, deployment: Deployment): number {
  const first = line.traffic.production.findLast(
    ({ version, at }) =>
      version === deployment.artifact.version &&
      at >= (deployment.startedAt ?? deployment.createdAt),
  );
  const changes = line.traffic.production.filter(
    ({ version, at }) => version === first?.version && at >= (deployment.startedAt ?? 0),
  );
  return changes[0]?.at ?? deployment.createdAt;
}
