import { isFinal } from "@/lib/facts/claims";
import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus, BuildMembers, DeploymentMembers, Statement } from "@/lib/facts/types";
import type { Ignored } from "@/lib/sources/event-reader";
import { eventNameOf, type HarnessDelivery, notificationIn } from "@/lib/sources/harness/delivery";
import { executionStatus } from "@/lib/sources/harness/status";
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
import { named, toTime } from "@/lib/sources/time";

/**
 * A pipeline's execution is a build. It is a deployment too where it says of what and
 * where: the pipeline's name alone says neither (developer.harness.io, Notifications).
 */
export function readPipeline(delivery: HarnessDelivery): Statement[] | Ignored {
  const execution = notificationIn(delivery.body);
  const status = statusOf(delivery, execution);
  if (status === null) return { ignored: "an end that does not say how" };
  const { id, when } = identityOf(delivery, execution, status);
  const times = timesOf(execution, status, when.asOf);
  const origin = originOf(delivery, execution);
  const url = text(execution.executionUrl);
  const build: Statement = {
    noun: "build",
    key: sourceKey(delivery.source, id),
    ...when,
    members: { ...origin, status, ...times, url },
  };
  const author = name(part(execution.triggeredBy).name);
  const deployments = placesOf(delivery, execution).map(
    ({ service, environment }): Statement => ({
      noun: "deployment",
      key: sourceKey(delivery.source, `${id}:${service ?? ""}:${environment}`),
      ...when,
      members: {
        name: origin.name,
        service,
        environment,
        ...toldOf(delivery),
        repository: said(delivery, "repository"),
        author,
        url,
        status,
        ...times,
      },
    }),
  );
  return [build, ...deployments];
}

/** A stage of the execution's build. */
export function readStage(delivery: HarnessDelivery): Statement[] | Ignored {
  const execution = notificationIn(delivery.body);
  const status = statusOf(delivery, execution);
  if (status === null) return { ignored: "an end that does not say how" };
  const { id, when } = identityOf(delivery, execution, status);
  const given = execution.stageName ?? execution.stageIdentifier;
  const stage = need(name(given), given, "eventData.stageName", "a name");
  const { startedAt = null, finishedAt = null } = timesOf(execution, status, when.asOf);
  const stages = Object.fromEntries([[stage, { name: stage, status, startedAt, finishedAt }]]);
  return [
    {
      noun: "build",
      key: sourceKey(delivery.source, id),
      ...when,
      members: { ...originOf(delivery, execution), stages },
    },
  ];
}

/** An end that names no time is of its receipt, not of its start. */
function identityOf({ receivedAt }: HarnessDelivery, execution: Payload, status: AttemptStatus) {
  const given = execution.planExecutionId;
  const startedAt = isFinal(status) ? null : toTime(execution.startTs);
  return {
    id: need(identifier(given), given, "eventData.planExecutionId", "an id"),
    when: named([toTime(execution.endTs), startedAt], receivedAt),
  };
}

function timesOf(execution: Payload, status: AttemptStatus, at: string) {
  const startedAt = toTime(execution.startTs) ?? (status === "running" ? at : null);
  const finishedAt = isFinal(status) ? (toTime(execution.endTs) ?? at) : null;
  return { ...(startedAt && { startedAt }), ...(finishedAt && { finishedAt }) };
}

/** Without a repository a build stands under its project, then under its own pipeline. */
function originOf(delivery: HarnessDelivery, execution: Payload): BuildMembers {
  const pipeline = name(execution.pipelineName) ?? name(execution.pipelineIdentifier);
  const ci = part(part(execution.moduleInfo).ci);
  const project = [name(execution.orgIdentifier), name(execution.projectIdentifier)];
  return {
    name: pipeline ?? "pipeline",
    repository:
      said(delivery, "repository") ??
      name(ci.repoName) ??
      name(project.flatMap((each) => each ?? []).join("/")) ??
      pipeline,
    branch: name(ci.branch),
    revision: toldOf(delivery).revision,
  };
}

/** By the headers that the notification rule adds, else by the execution's own module of deployments. */
function placesOf(delivery: HarnessDelivery, execution: Payload) {
  const cd = part(part(execution.moduleInfo).cd);
  const environments = names(cd.envIdentifiers);
  const environment =
    said(delivery, "environment") ?? (environments.length === 1 ? environments[0] : null);
  if (!environment) return [];
  const own = said(delivery, "service");
  const services = own ? [own] : names(cd.serviceIdentifiers);
  const known = services.length > 0 ? services : [name(execution.pipelineIdentifier)];
  return known.map((service) => ({ service, environment }));
}

const names = (value: unknown) => list(value).flatMap((each) => name(each) ?? []);

function toldOf(delivery: HarnessDelivery): Pick<DeploymentMembers, "revision" | "version"> {
  return { revision: revision(said(delivery, "revision")), version: said(delivery, "version") };
}

/** A header `pushline-…`; an expression that Harness could not fill in says nothing. */
function said({ headers }: HarnessDelivery, member: string): string | null {
  const value = name(headers[`pushline-${member}`]);
  return value === "null" || value?.startsWith("<+") ? null : value;
}

/**
 * How far it is: by the execution's own word, then by its event's. Null for an end that
 * says neither: “completed” is written into every PipelineEnd, and into no failure alone.
 */
function statusOf(delivery: HarnessDelivery, execution: Payload): AttemptStatus | null {
  const event = eventNameOf(delivery.body);
  const words = [said(delivery, "status"), execution.status, execution.nodeStatus];
  const known = words.flatMap((word) => executionStatus(name(word)) ?? [])[0];
  if (event.endsWith("end")) return known && isFinal(known) ? known : null;
  if (event.endsWith("start")) return known && !isFinal(known) ? known : "running";
  if (known && isFinal(known)) return known;
  return event.endsWith("failed") ? "failed" : "succeeded";
}
