import { commitKey, sourceKey } from "@/lib/facts/keys";
import type { Statement } from "@/lib/facts/types";
import { notRead } from "@/lib/sources/event-reader";
import { identifier, name, need, type Payload, payloadOf, revision } from "@/lib/sources/payload";
import { type DeliveryInput, type Reading, UnreadableDelivery } from "@/lib/sources/reader";
import { toTime } from "@/lib/sources/time";

type Kind = "committime" | "deploytime" | "failure";

/**
 * Pelorus' own events (exporters/webhook): an app was committed to, deployed, broken or
 * mended at a moment in epoch seconds. A deployment names an image and no revision.
 */
export function readPelorus({ source, headers, body }: DeliveryInput): Reading {
  const json = payloadOf(body);
  const event = headers["x-pelorus-event"] || kindOf((member) => member in json) || "unknown";
  const read = readers.get(event);
  if (!read) return { outcome: "ignored", event, reason: notRead };
  return { outcome: "read", event, statements: [read(source, json)] };
}

/** What a body without the header is, by the member that its kind alone has. */
export function kindOf(has: (member: string) => boolean): Kind | null {
  if (has("failure_id")) return "failure";
  if (has("commit_hash")) return "committime";
  return has("image_sha") ? "deploytime" : null;
}

const readers = new Map<string, (source: string, json: Payload) => Statement>([
  ["committime", readCommit],
  ["deploytime", readDeployment],
  ["failure", readFailure],
]);

/** Pelorus knows apps and no repositories, so the app stands for its repository too. */
function readCommit(_source: string, json: Payload): Statement {
  const repository = appOf(json);
  const hash = need(revision(json.commit_hash), json.commit_hash, "commit_hash", "a commit's hash");
  const at = timeOf(json);
  return {
    noun: "commit",
    key: commitKey(repository, hash),
    asOf: at,
    members: { repository, revision: hash, authoredAt: at, committedAt: at },
  };
}

function readDeployment(source: string, json: Payload): Statement {
  const service = appOf(json);
  const environment = need(name(json.namespace), json.namespace, "namespace", "the namespace");
  const at = timeOf(json);
  const artifact = identifier(json.image_sha);
  return {
    noun: "deployment",
    key: sourceKey(source, `${service}:${environment}:${artifact ?? ""}:${at}`),
    asOf: at,
    members: {
      service,
      environment,
      artifact,
      status: "succeeded",
      finishedAt: at,
    },
  };
}

function readFailure(source: string, json: Payload): Statement {
  const service = appOf(json);
  const id = need(identifier(json.failure_id), json.failure_id, "failure_id", "the failure's id");
  const at = timeOf(json);
  return {
    noun: "incident",
    key: sourceKey(source, `${service}:${id}`),
    asOf: at,
    members: {
      service,
      title: id,
      reports: { [`${stateOf(json)} ${at}`]: { state: stateOf(json), at } },
    },
  };
}

function stateOf(json: Payload): "opened" | "resolved" {
  if (json.failure_event === "created") return "opened";
  if (json.failure_event === "resolved") return "resolved";
  const isMissing = json.failure_event === undefined || json.failure_event === null;
  throw new UnreadableDelivery(
    isMissing ? "missing_field" : "wrong_type",
    "failure_event",
    "created or resolved",
  );
}

function appOf(json: Payload): string {
  return need(name(json.app), json.app, "app", "the app's name");
}

function timeOf(json: Payload): string {
  return need(toTime(json.timestamp), json.timestamp, "timestamp", "a time in epoch seconds");
}
