import { contentHash } from "@/lib/facts/canonical";
import { sourceKey } from "@/lib/facts/keys";
import type { DeploymentMembers, Statement } from "@/lib/facts/types";
import { payloadWithLongIntegers, toFineTime } from "@/lib/sources/nanoseconds";
import { pathHeader } from "@/lib/sources/own-address";
import { identifier, list, name, type Payload, part, text } from "@/lib/sources/payload";
import { type DeliveryInput, type Reading, UnreadableDelivery } from "@/lib/sources/reader";
import { repositoryAt } from "@/lib/sources/repository-address";
import { latestTime, named } from "@/lib/sources/time";

/**
 * A deployment, a failure, or what is said of a deployment later, as Datadog's DORA API
 * takes them; times are epoch nanoseconds (docs.datadoghq.com/api/latest/dora-metrics).
 */
export function readDora(input: DeliveryInput, data: Payload): Reading {
  const attributes = part(data.attributes);
  if (isPatch(data)) return read("api.dora-deployment-patch", [patched(input, data)]);
  if (attributes.services !== undefined || attributes.name !== undefined)
    return read("api.dora-failure", failures(input, attributes));
  if (attributes.service !== undefined)
    return read("api.dora-deployment", [deployment(input, attributes)]);
  throw new UnreadableDelivery("missing_field", "data.attributes.service", "the service's name");
}

/** The id of what a body tells: its own, else one by its content. The API answers it, and a patch names it. */
export function doraId(body: Uint8Array): string {
  return idOf(part(part(payloadWithLongIntegers(body).data).attributes));
}

function idOf(attributes: Payload): string {
  const { service, services, env, version, name: title, started_at, git } = attributes;
  const told = [service, services, env, version, title, started_at, part(git).commit_sha];
  return identifier(attributes.id) ?? contentHash(told.map((one) => one ?? null)).slice(0, 32);
}

function read(event: string, statements: Statement[]): Reading {
  return { outcome: "read", event, statements };
}

function deployment({ source, receivedAt }: DeliveryInput, attributes: Payload): Statement {
  const startedAt = toFineTime(attributes.started_at);
  const finishedAt = toFineTime(attributes.finished_at);
  const when = named([latestTime([startedAt, finishedAt])], receivedAt);
  const isRunning = startedAt !== null && finishedAt === null;
  return {
    noun: "deployment",
    key: sourceKey(source, `deployment:${idOf(attributes)}`),
    ...when,
    members: {
      ...placed(attributes),
      status: isRunning ? "running" : "succeeded",
      startedAt,
      finishedAt: isRunning ? null : (finishedAt ?? when.asOf),
      ...judged(attributes),
    },
  };
}

function isPatch(data: Payload): boolean {
  const attributes = part(data.attributes);
  return (
    name(data.type) === "dora_deployment_patch_request" ||
    (attributes.change_failure !== undefined && attributes.started_at === undefined)
  );
}

/**
 * What is said of a deployment later. Its id stands in the address, where the body does
 * not name it; by service and version alone it could be any deployment of that version,
 * so that is kept and joins none.
 */
function patched({ source, headers, receivedAt }: DeliveryInput, data: Payload): Statement {
  const attributes = part(data.attributes);
  const { service, environment, version } = placed(attributes);
  const id = identifier(headers[pathHeader]) ?? identifier(data.id) ?? identifier(attributes.id);
  const anyOf = contentHash([service, environment, version]).slice(0, 32);
  const remedy = part(attributes.remediation);
  const by = [name(remedy.type), name(remedy.version) ?? name(remedy.id)].filter(Boolean).join(" ");
  return {
    noun: "deployment",
    key: sourceKey(source, id ? `deployment:${id}` : `version:${anyOf}`),
    ...named([], receivedAt),
    members: {
      ...(id === null && { service, environment, version }),
      ...judged(attributes),
      ...(by && { description: `Remedied by ${by}.` }),
    },
  };
}

function judged({ change_failure }: Payload): Pick<DeploymentMembers, "failed"> {
  return typeof change_failure === "boolean" ? { failed: change_failure } : {};
}

function placed(attributes: Payload): DeploymentMembers {
  const git = part(attributes.git);
  const sha = name(git.commit_sha);
  return {
    service: name(attributes.service),
    environment: name(attributes.env) ?? "production",
    repository: repositoryAt(git.repository_url),
    revision: sha && /^[0-9a-f]{40,64}$/i.test(sha) ? sha : null,
    version: name(attributes.version),
  };
}

/** One incident of each service that failed. */
function failures({ source, receivedAt }: DeliveryInput, attributes: Payload): Statement[] {
  const startedAt = toFineTime(attributes.started_at);
  const finishedAt = toFineTime(attributes.finished_at);
  const when = named([latestTime([startedAt, finishedAt])], receivedAt);
  const id = idOf(attributes);
  const services = [...new Set(list(attributes.services).flatMap((one) => name(one) ?? []))];
  const keyOf = (service: string | null) =>
    service ? `failure:${id}:${service}` : `failure:${id}`;
  return (services.length > 0 ? services : [null]).map((service) => ({
    noun: "incident",
    key: sourceKey(source, keyOf(service)),
    ...when,
    members: {
      title: text(attributes.name, 1000) ?? `Failure ${id}`,
      service,
      environment: name(attributes.env),
      severity: name(attributes.severity),
      openedAt: startedAt ?? when.asOf,
      resolvedAt: finishedAt,
    },
  }));
}
