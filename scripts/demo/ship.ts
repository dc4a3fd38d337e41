import type { Story } from "@/scripts/demo/agenda";
import { minute } from "@/scripts/demo/calendar";
import { rollOut } from "@/scripts/demo/deployments";
import type { Artifact } from "@/scripts/demo/events";
import { faultFor } from "@/scripts/demo/fault-catalogue";
import { sufferFault } from "@/scripts/demo/faults";
import type { PullRequestPlan } from "@/scripts/demo/pull-requests";
import { fixPlan } from "@/scripts/demo/remedies";
import { holdLock, type Line, type Simulation, within } from "@/scripts/demo/simulation";
import { mergeAndBuild, stage } from "@/scripts/demo/trunk";

/** From a first commit to staging, and on to production where the service deploys each merge. */
export function* shipPullRequest(simulation: Simulation, line: Line, plan: PullRequestPlan): Story {
  const artifact = yield* mergeAndBuild(simulation, line, plan, true);
  if (!artifact) return;
  yield* stage(simulation, line, artifact);
  if (line.service.cadence.kind === "train") return;
  yield within(simulation, line, 120, 1500);
  yield* promote(simulation, line);
}

/** Brings production to what staging has, and lives with what comes of it. */
export function* promote(simulation: Simulation, line: Line): Story {
  yield* holdLock(simulation, line);
  const running = line.live.production;
  const artifact = line.ready;
  if (
    !artifact ||
    !running ||
    artifact.order <= running.order ||
    artifact.order <= line.blockedUpTo
  ) {
    line.locked = false;
    return;
  }
  const by = line.random.chance(0.7) ? artifact.commit.author : line.random.pick(line.team.people);
  const plan = { environment: "production", artifact, by, kind: "deploy" } as const;
  if (line.random.chance(0.03)) {
    yield* rollOut(simulation, line, { ...plan, stopsAt: abortion(line) });
    yield simulation.agenda.now + line.random.integer(3, 12) * minute * simulation.pace;
  }
  const fault = faultFor(simulation, line);
  if (fault) {
    const rolledBack = yield* sufferFault(simulation, line, {
      artifact,
      previous: running,
      by,
      fault,
    });
    if (rolledBack) simulation.agenda.start(repair(simulation, line, artifact));
  } else yield* rollOut(simulation, line, plan);
  line.locked = false;
}

/** After a rollback: production waits until a repair of the bad change is on the trunk. */
function* repair(simulation: Simulation, line: Line, bad: Artifact): Story {
  const { agenda } = simulation;
  line.blockedUpTo = Number.POSITIVE_INFINITY;
  const plan = {
    ...fixPlan(simulation, line, bad, "fix_forward"),
    mergedAt: within(simulation, line, 40 * 60, 150 * 60),
  };
  const artifact = yield* mergeAndBuild(simulation, line, plan, false);
  if (!artifact) return;
  line.blockedUpTo = artifact.order - 1;
  yield* stage(simulation, line, artifact);
  yield agenda.now + 5 * minute * simulation.pace;
  yield* promote(simulation, line);
}

/** The running revision once more: a restart, or fresh secrets. */
export function* redeploy(simulation: Simulation, line: Line): Story {
  yield* holdLock(simulation, line);
  const running = line.live.production;
  if (running)
    yield* rollOut(simulation, line, {
      environment: "production",
      artifact: running,
      kind: "redeploy",
      by: line.random.pick(line.team.people),
    });
  line.locked = false;
}

function abortion(line: Line): { percent: number; status: "failed" | "canceled" } {
  // GitHub has no word for a canceled deployment.
  const canceled = line.service.reports === "native" && line.random.chance(0.4);
  return { percent: canceled ? 5 : 25, status: canceled ? "canceled" : "failed" };
}
