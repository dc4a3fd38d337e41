import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus, Statement } from "@/lib/facts/types";
import { readRevision } from "@/lib/sources/flux/revision";
import { identifier, name, need, type Payload, part, payloadOf, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { stepReport } from "@/lib/sources/step-report";
import { named, toTime } from "@/lib/sources/time";

/** They deploy; what else Flux speaks of are sources, images and its own parts. */
const deploying = ["Kustomization", "HelmRelease"];
const succeeding = [
  "ReconciliationSucceeded",
  "InstallSucceeded",
  "UpgradeSucceeded",
  "RollbackSucceeded",
];
/** Errors before anything was applied, or of taking something away. */
const waiting = ["DependencyNotReady", "ArtifactFailed", "UninstallFailed", "PruneFailed"];

/** One event of Flux: the end of an attempt to run a revision; it tells of no start. */
export function readFlux({ source, body, receivedAt }: DeliveryInput): Reading {
  const json = payloadOf(body);
  const object = part(json.involvedObject);
  const kind = need(name(object.kind), object.kind, "involvedObject.kind", "a kind");
  const reason = name(json.reason);
  const event = reason ? `${kind}.${reason}` : kind;
  const ignored = (why: string): Reading => ({ outcome: "ignored", event, reason: why });
  if (!deploying.includes(kind)) return ignored("an object of this kind deploys nothing");
  // Told at every interval, for the commit statuses of other providers.
  if (told(part(json.metadata), "commit_status") === "update")
    return ignored("a reconciliation of what runs already");
  const state = reason === null ? null : endOf(reason, name(json.severity));
  if (!state || !reason) return ignored("it tells of no end of a deployment");
  // Nothing tells one such failure from the next, told again at every retry for months.
  if (state === "failed" && !identifier(told(part(json.metadata), "revision")))
    return ignored("a failure that names no revision is an attempt of none");
  const when = named([toTime(json.timestamp)], receivedAt);
  return {
    outcome: "read",
    event,
    statements: [deploymentStatement(source, json, reason, state, when)],
  };
}

function endOf(reason: string, severity: string | null): AttemptStatus | null {
  if (succeeding.includes(reason)) return "succeeded";
  return severity === "error" && !waiting.includes(reason) ? "failed" : null;
}

function deploymentStatement(
  source: string,
  json: Payload,
  reason: string,
  state: AttemptStatus,
  when: Pick<Statement, "asOf" | "timeFromReceipt">,
): Statement {
  const object = part(json.involvedObject);
  const metadata = part(json.metadata);
  const service = need(name(object.name), object.name, "involvedObject.name", "a name");
  const namespace = name(object.namespace);
  const uid = identifier(object.uid) ?? `${object.kind}/${namespace ?? ""}/${service}`;
  const given = identifier(told(metadata, "revision")) ?? "";
  const { version, ...deployed } = readRevision(
    told(metadata, "originRevision") ?? told(metadata, "revision"),
  );
  // An error is told again at every retry: one failed attempt. A success is told once.
  const key = state === "failed" ? `${uid}:${given}:failed` : `${uid}:${given}:${when.asOf}`;
  return {
    noun: "deployment",
    key: sourceKey(source, key),
    ...when,
    members: {
      name: service,
      service: name(told(metadata, "service")) ?? service,
      environment:
        name(told(metadata, "environment")) ??
        name(told(metadata, "env")) ??
        name(told(metadata, "cluster")) ??
        namespace ??
        "default",
      ...deployed,
      version: name(told(metadata, "app-version")) ?? version,
      description: text(json.message),
      ...(reason === "RollbackSucceeded" && { kind: "rollback" as const }),
      reports: { [`${reason} ${when.asOf}`]: stepReport(state, when) },
    },
  };
}

/** Metadata by its short name; Flux mostly writes it behind its group (`kustomize.toolkit.fluxcd.io/revision`). */
function told(metadata: Payload, key: string): unknown {
  return (
    metadata[key] ?? Object.entries(metadata).find(([name]) => name.endsWith(`.io/${key}`))?.[1]
  );
}
