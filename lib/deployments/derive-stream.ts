import { carriesNothing, carry } from "./carried";
import { findCauses } from "./causes";
import { judge, judgeNothing } from "./failure";
import { classify } from "./kinds";
import { timeChange } from "./lead-time";
import { type OrderedAttempt, orderAttempts, uniqueById } from "./order";
import { Asked, nothingBefore } from "./past";
import { askForIncidents, reachedBack } from "./reach-back";
import { explain, isWithdrawn } from "./reasons";
import { recover } from "./recovery";
import { type Answered, findRemedies } from "./remedies";
import { isRework } from "./rework";
import type { DerivedDeployment, StreamInput } from "./types";

/** What a window of a stream comes to, as far as its past is known. */
export interface DerivedWindow {
  deployments: DerivedDeployment[];
  /** What has to be looked up, and to have changed nothing, before that stands. */
  asked: Asked;
  /** Deployments before the window that belong into it, by public id: the answer does not stand. */
  reachedBack: string[];
}

/**
 * What each deployment of one stream is: kind, changes with lead times, failure,
 * remedies, recovery, rework, with reasons. One entry per attempt in the
 * stream's order; a function of the input's content, not of its arrays' order.
 *
 * Built by strata, none reading a later one: order, change sets and kinds;
 * causes; failed and withdrawn; fix forwards, remedies and recovery.
 */
export function deriveStream(input: StreamInput): DerivedDeployment[] {
  return deriveWindow(input).deployments;
}

/** The same of a stream's later part, by what `input.past` tells of the earlier one. */
export function deriveWindow(input: StreamInput): DerivedWindow {
  const judgesFailure = input.tier === "production";
  const asked = new Asked();
  const { past = nothingBefore } = input;
  const incidents = uniqueById(input.incidents).sort((a, b) => a.openedAt - b.openedAt);
  const ordered = orderAttempts(input.deployments, incidents);

  const line = classify(ordered, { graph: input.graph, judgesFailure, past, asked });
  const causes = findCauses(incidents, input.matchThreshold);
  const ids = new Set(line.map(({ attempt }) => attempt.id));
  const isOfStream = (id: string) => ids.has(id) || past.confirmed.has(id);
  const judged = judgesFailure ? judge(line, causes, incidents, isOfStream) : judgeNothing(line);
  const answered = findRemedies(judged, incidents, uniqueById(input.releases));
  if (judgesFailure) askForIncidents(judged, asked);
  return {
    deployments: tell(ordered, answered, judgesFailure),
    asked,
    reachedBack: reachedBack(answered, causes).map(({ attempt }) => attempt.id),
  };
}

function tell(
  ordered: readonly OrderedAttempt[],
  line: readonly Answered[],
  judgesFailure: boolean,
): DerivedDeployment[] {
  const byId = new Map(line.map((deployment) => [deployment.attempt.id, deployment]));
  let running = line.findLast(({ earlier }) => earlier !== null) ?? null;
  return ordered.map((attempt) => {
    const deployment = byId.get(attempt.attempt.id);
    const told: DerivedDeployment = deployment
      ? tellCompleted(deployment, line, judgesFailure)
      : tellUnfinished(attempt, running);
    running = deployment ?? running;
    return told;
  });
}

function tellCompleted(
  deployment: Answered,
  line: readonly Answered[],
  judgesFailure: boolean,
): DerivedDeployment {
  const { attempt, changeSet, newlyShipped } = deployment;
  const failed = (place: number) => line[place]?.earlier?.failed ?? line[place]?.failure != null;
  return {
    id: attempt.id,
    completed: true,
    kind: deployment.kind,
    derivedKind: deployment.derivedKind,
    previous: line[deployment.previous ?? -1]?.attempt.id ?? null,
    changesKnown: changeSet?.known ?? null,
    changes: (changeSet?.changes ?? []).map((change) =>
      timeChange(change, attempt, newlyShipped.has(change)),
    ),
    failed: deployment.failure !== null,
    failedAttempt: false,
    failedRemedy: deployment.failure === null && deployment.marks.length > 0,
    withdrawn: isWithdrawn(deployment),
    rework: isRework(deployment, failed, judgesFailure),
    failure: deployment.failure ? recover(deployment.failure) : null,
    reasons: explain(deployment, line),
    carried: carry(deployment, line),
  };
}

/** An attempt that never completed changed nothing; one that failed is counted apart. */
function tellUnfinished({ attempt }: OrderedAttempt, running: Answered | null): DerivedDeployment {
  const failedAttempt = attempt.status === "failed";
  return {
    id: attempt.id,
    completed: false,
    kind: null,
    derivedKind: null,
    previous: running?.attempt.id ?? null,
    changesKnown: null,
    changes: [],
    failed: false,
    failedAttempt,
    failedRemedy: false,
    withdrawn: false,
    rework: false,
    failure: null,
    reasons: failedAttempt ? ["failed attempt: it never completed"] : [],
    carried: carriesNothing,
  };
}
