import { sourceKey } from "@/lib/facts/keys";
import type { Report } from "@/lib/facts/reports";
import type { AttemptStatus, DeploymentMembers, Statement, Time } from "@/lib/facts/types";
import type { Application } from "@/lib/sources/argocd/application";
import { imageOf } from "@/lib/sources/argocd/images";
import { manifestOf } from "@/lib/sources/argocd/manifest";
import { isRollback, undeployed } from "@/lib/sources/argocd/past";
import { identifier, isPayload, name, need, type Payload, part, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { byStep, stepReport } from "@/lib/sources/step-report";
import { latestTime, named, toTime } from "@/lib/sources/time";

/**
 * One sync of an Application is a deployment, by the application and when the sync
 * started. It succeeded when the application is healthy, not when the manifests are
 * applied (argo-cd.readthedocs.io, Notifications and Resource Health).
 */
export function readApplication(input: DeliveryInput, application: Application): Reading {
  const { metadata, status, url } = application;
  const service = need(name(metadata.name), metadata.name, "metadata.name", "the application");
  const operationState = part(status.operationState);
  const phase = name(operationState.phase);
  const event = `application.${phase?.toLowerCase() ?? "unknown"}`;
  if (!isPayload(status.operationState))
    return { outcome: "ignored", event, reason: "the application was never synced" };
  const reason = undeployed(status);
  if (reason) return { outcome: "ignored", event, reason };
  const startedAt = need(
    toTime(operationState.startedAt),
    operationState.startedAt,
    "status.operationState.startedAt",
    "an RFC 3339 time",
  );
  const reports = reportsOf(status, startedAt, input.receivedAt);
  const initiator = part(part(operationState.operation).initiatedBy);
  const when = named([latestTime(Object.values(reports).map(({ at }) => at))], input.receivedAt);
  const key = sourceKey(input.source, `${identityOf(metadata, service)}:${startedAt}`);
  const members: DeploymentMembers = {
    name: service,
    service: label(metadata, ["service", "app.kubernetes.io/name"]) ?? service,
    environment: environmentOf(application),
    author: name(initiator.username),
    description: text(operationState.message),
    ...(url && { url }),
    ...(isRollback(status) && { kind: "rollback" as const }),
    reports,
  };
  // Until a sync has succeeded, the images are those that ran before it; degraded long after,
  // it still runs what it was told to run then, which is of its start and outranks nothing.
  const isLive = Object.values(reports).some(({ state }) => state === "succeeded");
  const shipped = { ...members, ...whatRuns(application, isLive) };
  const atStart = { noun: "deployment" as const, key, asOf: startedAt, members: shipped };
  const statements: Statement[] =
    isLive || when.asOf === startedAt
      ? [{ noun: "deployment", key, ...when, members: shipped }]
      : [atStart, { noun: "deployment", key, ...when, members }];
  return { outcome: "read", event, statements };
}

/** The service's own revision where the image that it runs says it, else that of the manifests. */
function whatRuns({ metadata, spec, status }: Application, isLive: boolean): DeploymentMembers {
  const manifest = manifestOf(part(status.operationState), spec);
  const image = isLive ? imageOf(status, name(metadata.name) ?? "") : null;
  return {
    ...(image?.revision
      ? { repository: null, revision: image.revision }
      : { repository: manifest.repository, revision: manifest.revision }),
    version: image?.version ?? manifest.chartVersion,
    artifact: image?.artifact ?? null,
  };
}

function identityOf(metadata: Payload, service: string): string {
  return identifier(metadata.uid) ?? `${name(metadata.namespace) ?? ""}/${service}`;
}

/** A label says it best; else the cluster by its name, which in-cluster is none, else the namespace. */
function environmentOf({ metadata, spec }: Application): string | null {
  const destination = part(spec.destination);
  const cluster = name(destination.name);
  return (
    label(metadata, ["environment", "env", "stage"]) ??
    (cluster === "in-cluster" ? null : cluster) ??
    name(destination.namespace) ??
    name(destination.server)
  );
}

function label(metadata: Payload, names: readonly string[]): string | null {
  const labels = part(metadata.labels);
  return names.map((each) => name(labels[each])).find((value) => value !== null) ?? null;
}

function reportsOf(
  status: Payload,
  startedAt: Time,
  receivedAt: Date,
): Record<string, Report<AttemptStatus>> {
  return byStep([stepReport("running", { asOf: startedAt }), endOf(status, receivedAt)]);
}

/** How the sync ended; null while it, or what it rolls out, is under way. */
function endOf(status: Payload, receivedAt: Date): Report<AttemptStatus> | null {
  const { phase, finishedAt } = part(status.operationState);
  const applied = toTime(finishedAt);
  if (phase === "Failed" || phase === "Error")
    return stepReport("failed", named([applied], receivedAt));
  if (phase !== "Succeeded") return null;
  const health = part(status.health);
  const changed = toTime(health.lastTransitionTime);
  const since = changed && applied && changed < applied ? null : changed;
  switch (health.status ?? "Healthy") {
    case "Healthy":
      return stepReport("succeeded", named([since, applied], receivedAt));
    // Degraded since before the sync, or for hours after it: only its own time tells.
    case "Degraded":
      return stepReport("failed", named([since], receivedAt));
    default:
      return null;
  }
}
