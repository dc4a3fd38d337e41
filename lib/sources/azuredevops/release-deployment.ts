import { sourceKey } from "@/lib/facts/keys";
import type { DeploymentMembers } from "@/lib/facts/types";
import { type AzureReader, personOf } from "@/lib/sources/azuredevops/delivery";
import { attemptStatus } from "@/lib/sources/azuredevops/status";
import { isFullRevision } from "@/lib/sources/git-ref";
import {
  count,
  identifier,
  list,
  name,
  need,
  type Payload,
  part,
  revision,
  text,
} from "@/lib/sources/payload";
import { byStep, stepReport } from "@/lib/sources/step-report";
import { named, toTime } from "@/lib/sources/time";

/** A release is deployed to a stage ("environment"), or was. */
export const readReleaseDeployment: AzureReader = (delivery) => {
  const { source, event, resource, sentAt, receivedAt } = delivery;
  const environment = part(resource.environment);
  const deployment = part(resource.deployment);
  const id = need(identifier(environment.id), environment.id, "resource.environment.id", "an id");
  // Whatever the stage's own status still is, the event says that it began.
  const isStart = event === "ms.vss-release.deployment-started-event";
  const status = isStart ? "running" : attemptStatus(environment.status);
  if (!status) return { ignored: "a status that is not known here" };
  const startedOn = toTime(deployment.startedOn);
  const own = isStart ? startedOn : toTime(deployment.completedOn);
  const when = named([own, toTime(environment.modifiedOn), sentAt], receivedAt);
  const release = releaseOf(resource);
  return [
    {
      noun: "deployment",
      // The same release may be deployed to the same stage again.
      key: sourceKey(source, `environment:${id}:${attemptOf(resource)}`),
      ...when,
      members: {
        environment: name(environment.name),
        ...whatOf(resource),
        version: name(part(environment.release).name) ?? name(release.name),
        // Reports, so that a start that does not say which attempt it is reopens none that ended.
        reports: byStep([
          startedOn && !isStart ? stepReport("running", { asOf: startedOn }) : null,
          stepReport(status, when),
        ]),
        author: personOf(deployment.requestedFor),
        url:
          text(part(part(part(environment.release)._links).web).href) ??
          text(part(environment.release).url),
      },
    },
  ];
};

/** The stage lists its attempts, where the event's own number is missing. */
function attemptOf(resource: Payload): number {
  const listed = list(part(resource.environment).deploySteps).map((step) => part(step).attempt);
  const latest = Math.max(...listed.map((attempt) => count(attempt) ?? 0), 0);
  return count(part(resource.deployment).attempt) || count(resource.attemptId) || latest || 1;
}

function releaseOf(resource: Payload): Payload {
  return part(resource.release ?? part(resource.deployment).release);
}

/**
 * What is deployed: its primary artifact's repository and revision, where the event
 * tells them; the service is called after the release pipeline, else the project.
 */
function whatOf(resource: Payload): DeploymentMembers {
  const release = releaseOf(resource);
  const definition = name(
    part(
      release.releaseDefinition ??
        part(resource.deployment).releaseDefinition ??
        part(resource.environment).releaseDefinition,
    ).name,
  );
  const artifacts = list(release.artifacts).map(part);
  const primary = artifacts.find(({ isPrimary }) => isPrimary === true) ?? part(artifacts[0]);
  const reference = part(primary.definitionReference);
  const sha = revision(part(reference.sourceVersion).id);
  const own = identifier(part(reference.repository).name);
  const project = identifier(part(reference.project).name) ?? name(part(resource.project).name);
  const repository = own && (own.includes("/") ? own : project && identifier(`${project}/${own}`));
  return {
    name: definition,
    ...(repository ? { repository } : { service: definition ?? project }),
    ...(isFullRevision(sha) && { revision: sha }),
  };
}
