import { contentHash } from "@/lib/facts/canonical";
import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus, Statement, Time } from "@/lib/facts/types";
import { identifier, list, name, type Payload, part, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { named, toTime } from "@/lib/sources/time";

const event = "change_event";

/**
 * A change event as tools post it to POST /v2/change/enqueue: a summary, a time and
 * details in the sender's own words. It is a build where it tells a build's state, a
 * deployment where it speaks of one, and else nothing that is understood here.
 */
export function readChangeEvent(input: DeliveryInput, body: Payload): Reading {
  const payload = part(body.payload);
  const details = part(payload.custom_details);
  const summary = text(payload.summary, 1000) ?? "";
  const isBuild = name(details.build_state) !== null || /^build\b/i.test(summary);
  const isDeployment = /\b(deploy\w*|rolled? ?back|rollback)\b/i.test(summary);
  if (!isBuild && !isDeployment)
    return { outcome: "ignored", event, reason: "it tells of neither a build nor a deployment" };
  const when = named([toTime(payload.timestamp)], input.receivedAt);
  const told = { source: input.source, payload, details, summary, when, url: addressOf(body) };
  const statement = isBuild ? buildStatement(told) : deploymentStatement(told);
  return { outcome: "read", event, statements: [statement] };
}

interface Told {
  source: string;
  payload: Payload;
  details: Payload;
  summary: string;
  when: Pick<Statement, "asOf" | "timeFromReceipt">;
  url: string | null;
}

/** The machine that sent it stands for the repository, where the sender names none. */
function buildStatement({ source, payload, details, summary, when, url }: Told): Statement {
  const repository = name(details.repository) ?? name(payload.source) ?? source;
  const number = identifier(details.build_number);
  const status = statusOf(name(details.build_state), summary);
  const finishedAt = status === "running" ? null : when.asOf;
  return {
    noun: "build",
    key: sourceKey(source, `change:build:${repository}:${number ?? keyOf(summary, when.asOf)}`),
    ...when,
    members: {
      repository,
      name: name(details.job) ?? name(details.pipeline) ?? "build",
      branch: name(details.branch),
      revision: revisionOf(details),
      status,
      startedAt: finishedAt ? startOf(finishedAt, details.run_time) : when.asOf,
      finishedAt,
      url,
    },
  };
}

function deploymentStatement({ source, payload, details, summary, when, url }: Told): Statement {
  const id = identifier(details.deployment_id) ?? identifier(details.id);
  const service = name(details.service) ?? name(payload.component) ?? name(payload.source);
  return {
    noun: "deployment",
    key: sourceKey(source, `change:deployment:${id ?? keyOf(summary, when.asOf, service)}`),
    ...when,
    members: {
      service: service ?? source,
      environment: name(details.environment) ?? name(details.env) ?? "production",
      repository: name(details.repository),
      revision: revisionOf(details),
      version: name(details.version),
      ...(/roll(ed)? ?back/i.test(summary) && { kind: "rollback" as const }),
      status: statusOf(name(details.status), summary),
      finishedAt: when.asOf,
      author: name(details.author) ?? name(details.user),
      description: text(summary),
      url,
    },
  };
}

/**
 * What happened counts as done, unless a word says otherwise: change events tell of the
 * past. In a summary only what stands before its first separator speaks of the outcome,
 * and "deployed" outranks it: what comes after is what was changed ("fix failed payments").
 */
function statusOf(told: string | null, summary: string): AttemptStatus {
  const [head = ""] = summary.split(/ - |: |[–—(,]/);
  const words = told ?? (/\b(deployed|rolled ?back)\b/i.test(head) ? "" : head);
  if (/\b(fail\w*|error\w*|broken)\b/i.test(words)) return "failed";
  if (/\bcancel\w*\b/i.test(words)) return "canceled";
  return /^(running|started|in[_ ]progress)$/i.test(words) ? "running" : "succeeded";
}

/** `1236s` before its finish; null where the run's time is not told so. */
function startOf(finishedAt: Time, runTime: unknown): Time | null {
  const seconds = /^(\d{1,7}(?:\.\d+)?) ?s?$/.exec(String(runTime ?? ""))?.[1];
  if (seconds === undefined) return null;
  return toTime(Date.parse(finishedAt) - Number(seconds) * 1000);
}

function revisionOf(details: Payload): string | null {
  const given = [details.revision, details.sha, details.commit].flatMap((one) => name(one) ?? []);
  return given.find((one) => /^[0-9a-f]{40,64}$/.test(one)) ?? null;
}

function addressOf(body: Payload): string | null {
  return list(body.links).flatMap((link) => text(part(link).href) ?? [])[0] ?? null;
}

function keyOf(...parts: unknown[]): string {
  return contentHash(parts).slice(0, 32);
}
