import type { Story } from "@/scripts/demo/agenda";
import { artifactOf, runBuild } from "@/scripts/demo/builds";
import { rollOut } from "@/scripts/demo/deployments";
import type { Artifact } from "@/scripts/demo/events";
import { developPullRequest, type PullRequestPlan } from "@/scripts/demo/pull-requests";
import { type Line, type Simulation, within } from "@/scripts/demo/simulation";
import { defaultBranch } from "@/scripts/demo/world";

/** null when the trunk stays red: the next merge takes this change along. */
export function* mergeAndBuild(
  simulation: Simulation,
  line: Line,
  plan: PullRequestPlan,
  mayFail: boolean,
): Story<Artifact | null> {
  const commit = yield* developPullRequest(simulation, line, plan);
  const artifact = artifactOf(simulation, line, commit, !mayFail);
  const green = yield* runBuild(simulation, line, {
    commit,
    branch: defaultBranch,
    trigger: "push",
    mayFail,
  });
  return green ? artifact : null;
}

export function* stage(simulation: Simulation, line: Line, artifact: Artifact): Story {
  yield within(simulation, line, 5, 60);
  const plan = { environment: "staging", artifact, by: artifact.commit.author } as const;
  const kind = line.live.staging ? "deploy" : "first";
  if (line.random.chance(0.02)) {
    yield* rollOut(simulation, line, {
      ...plan,
      kind,
      stopsAt: { percent: 100, status: "failed" },
    });
    yield within(simulation, line, 120, 400);
  }
  if (line.live.staging && line.live.staging.order >= artifact.order) return;
  yield* rollOut(simulation, line, { ...plan, kind });
  if (!line.ready || line.ready.order < artifact.order) line.ready = artifact;
}
