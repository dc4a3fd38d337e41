import type { Story } from "@/scripts/demo/agenda";
import { minute } from "@/scripts/demo/calendar";
import { rollOut } from "@/scripts/demo/deployments";
import { type Effect, effectOf } from "@/scripts/demo/effects";
import type { Artifact, Deployment } from "@/scripts/demo/events";
import type { PullRequestPlan } from "@/scripts/demo/pull-requests";
import { holdLock, type Line, type Simulation, within } from "@/scripts/demo/simulation";
import { mergeAndBuild, stage } from "@/scripts/demo/trunk";
import { pathsFor, titleFor } from "@/scripts/demo/words";

export function* rollBack(simulation: Simulation, line: Line, to: Artifact): Story<Deployment> {
  return yield* rollOut(simulation, line, {
    environment: "production",
    artifact: to,
    kind: "rollback",
    by: line.random.pick(line.team.people),
  });
}

/** A change written, reviewed and shipped while the incident is open. */
export function* shipFix(
  simulation: Simulation,
  line: Line,
  bad: Artifact,
  style: "fix_forward" | "revert" | "hotfix",
  /** The effect that goes on in the new version, where the fix does not help. */
  stays: Effect | null,
): Story<Deployment> {
  const { agenda } = simulation;
  line.mergesHeld = true;
  const plan = fixPlan(simulation, line, bad, style);
  let artifact: Artifact | null = null;
  while (!artifact) artifact = yield* mergeAndBuild(simulation, line, plan, false);
  line.mergesHeld = false;
  agenda.start(stage(simulation, line, artifact));
  if (stays)
    simulation.effects.push(effectOf({ ...stays, version: artifact.version, from: agenda.now }));
  const locked = line.locked;
  if (!locked) yield* holdLock(simulation, line);
  const deployment = yield* rollOut(simulation, line, {
    environment: "production",
    artifact,
    by: plan.author,
    kind: style === "revert" ? "revert" : "fix_forward",
    hotfix: style === "hotfix",
  });
  if (!locked) line.locked = false;
  return deployment;
}

/** Ordinary changes, written before the trouble, that go out during it. */
export function* shipMeanwhile(
  simulation: Simulation,
  line: Line,
  count: number,
  stays: Effect | null,
): Story<Deployment[]> {
  const { agenda } = simulation;
  const shipped: Deployment[] = [];
  const written = agenda.now - 20 * 60 * minute;
  for (let number = 0; number < count; number++) {
    const artifact = yield* mergeAndBuild(
      simulation,
      line,
      {
        title: titleFor(line.random, line.service),
        author: line.random.pick(line.team.people),
        firstCommitAt: written + number * minute,
        openedAt: agenda.now,
        mergedAt: agenda.now + Math.round(line.random.between(3, 14)) * minute * simulation.pace,
        expedited: true,
      },
      false,
    );
    if (!artifact) continue;
    yield* stage(simulation, line, artifact);
    if (stays)
      simulation.effects.push(effectOf({ ...stays, version: artifact.version, from: agenda.now }));
    const locked = line.locked;
    if (!locked) yield* holdLock(simulation, line);
    shipped.push(
      yield* rollOut(simulation, line, {
        environment: "production",
        artifact,
        kind: "deploy",
        by: artifact.commit.author,
      }),
    );
    if (!locked) line.locked = false;
  }
  return shipped;
}

/** A small pull request that repairs or reverts what `bad` brought, from now on. */
export function fixPlan(
  simulation: Simulation,
  line: Line,
  bad: Artifact,
  style: "fix_forward" | "revert" | "hotfix",
): PullRequestPlan {
  const { random } = line;
  const title = bad.commit.message.split("\n")[0] ?? "";
  const firstCommitAt = within(simulation, line, 120, 480);
  const openedAt = firstCommitAt + Math.round(random.between(2, 7) * simulation.pace) * minute;
  const mergedAt = openedAt + Math.round(random.between(4, 14) * simulation.pace) * minute;
  const author = random.chance(0.7) ? bad.commit.author : random.pick(line.team.people);
  const times = { firstCommitAt, openedAt, mergedAt, author, expedited: true };
  if (style === "revert")
    return {
      ...times,
      title: `Revert "${title}"`,
      body: `This reverts commit ${bad.revision}.`,
      paths: bad.commit.paths,
    };
  const topic = title
    .replace(/ \(#\d+\)$/, "")
    .replace(/^(\w+) /, (_, verb: string) => `${verb.toLowerCase()} `);
  return {
    ...times,
    title: `Fix regression of "${topic}"`,
    paths: pathsFor(random, line.service, title),
    labels: style === "hotfix" ? ["hotfix"] : [],
  };
}
