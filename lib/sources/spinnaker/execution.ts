import { sourceKey } from "@/lib/facts/keys";
import type { DeploymentMembers, Statement } from "@/lib/facts/types";
import type { Ignored } from "@/lib/sources/event-reader";
import {
  identifier,
  list,
  name,
  need,
  type Payload,
  part,
  revision,
  text,
} from "@/lib/sources/payload";
import { contentOf, timeOf } from "@/lib/sources/spinnaker/content";
import { type Rollout, rolloutsOf } from "@/lib/sources/spinnaker/stages";
import { latestTime, named } from "@/lib/sources/time";

/**
 * A pipeline's execution is a deployment in each account that its stages deploy to.
 * Every event of the pipeline and of its stages carries the execution whole, so each
 * tells how far all of them are (spinnaker.io/docs, Notifications and Events).
 */
export function readExecution(
  source: string,
  event: Payload,
  receivedAt: Date,
): Statement[] | Ignored {
  const execution = part(contentOf(event).execution);
  const id = need(identifier(execution.id), execution.id, "content.execution.id", "an id");
  const rollouts = rolloutsOf(execution);
  if (rollouts.length === 0) return { ignored: "the pipeline has no stage that deploys" };
  const created = timeOf(part(event.details).created);
  return rollouts.map((rollout): Statement => {
    const times = [rollout.finishedAt, rollout.startedAt, timeOf(execution.buildTime)];
    const when = named([created, latestTime(times)], receivedAt);
    return {
      noun: "deployment",
      key: sourceKey(
        source,
        `${id}:${rollout.environment}${rollout.isRollback ? ":rollback" : ""}`,
      ),
      ...when,
      members: {
        ...whatRuns(execution),
        ...(rollout.isRollback && undone),
        ...progress(rollout, execution, when.asOf),
      },
    };
  });
}

/** The trigger names what was deployed; what ran before it, which a rollback brings back, nobody says. */
const undone: DeploymentMembers = {
  kind: "rollback",
  branch: null,
  revision: null,
  version: null,
  artifact: null,
};

function progress(
  { environment, status, startedAt, finishedAt }: Rollout,
  execution: Payload,
  at: string,
): DeploymentMembers {
  const isOver = status !== "queued" && status !== "running";
  return {
    environment,
    status,
    queuedAt: timeOf(execution.buildTime),
    startedAt,
    finishedAt: isOver ? (finishedAt ?? timeOf(execution.endTime) ?? at) : null,
  };
}

/** What the trigger says of the build: its commit, its image, whoever started it. */
function whatRuns(execution: Payload): DeploymentMembers {
  const trigger = part(execution.trigger);
  const [scm] = list(part(trigger.buildInfo).scm).map(part);
  const [project, slug] = [name(trigger.project), name(trigger.slug)];
  const images = list(trigger.artifacts)
    .map(part)
    .filter(({ type }) => type === "docker/image");
  const [image] = images.length === 1 ? images : [];
  return {
    name: name(execution.name),
    service: name(execution.application),
    repository: project && slug ? `${project}/${slug}` : null,
    branch: name(trigger.branch) ?? name(scm?.branch),
    revision: revision(trigger.hash) ?? revision(scm?.sha1),
    version: name(image?.version),
    artifact: text(image?.reference, 1000),
    author: name(trigger.user) ?? name(part(execution.authentication).user),
  };
}
