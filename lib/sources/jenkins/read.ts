import { sourceKey } from "@/lib/facts/keys";
import type { BuildMembers, Statement, Time } from "@/lib/facts/types";
import { answeredEvent } from "@/lib/sources/history";
import { notificationOf, stagesOf } from "@/lib/sources/jenkins/answers";
import { deploymentOf } from "@/lib/sources/jenkins/deployment";
import { jenkinsResult } from "@/lib/sources/jenkins-result";
import {
  count,
  identifier,
  name,
  need,
  type Payload,
  part,
  payloadOf,
  revision,
  text,
} from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { repositoryAt } from "@/lib/sources/repository-address";
import { named, toTime } from "@/lib/sources/time";

/**
 * One phase of one build (plugins.jenkins.io/notification): all of them speak of the
 * same build, by its address, so that COMPLETED and FINALIZED are counted once.
 */
export function readJenkins(input: DeliveryInput): Reading {
  const answered = answeredEvent(input);
  const sent = payloadOf(input.body);
  const body = answered === null ? sent : notificationOf(sent);
  const build = part(body.build);
  const phase = need(name(build.phase), build.phase, "build.phase", "a phase").toUpperCase();
  const event = answered ?? `build.${phase.toLowerCase()}`;
  const when = named([toTime(build.timestamp)], input.receivedAt);
  const progress = progressOf(phase, build, when.asOf);
  if (!progress) return { outcome: "ignored", event, reason: "a phase that is not read" };
  const job = jobPath(body);
  const given = build.full_url ?? build.url;
  const id = need(identifier(given, 1000), given, "build.full_url", "the build's address");
  const origin = originOf(build);
  const members: BuildMembers = {
    ...origin,
    repository: origin.repository ?? job,
    name: job ?? "job",
    url: text(build.full_url),
    ...progress,
    ...(answered !== null && stagesOf(sent)),
  };
  const statements: Statement[] = [
    { noun: "build", key: sourceKey(input.source, id), ...when, members },
  ];
  const deployment = deploymentOf(input.source, id, body, { ...when, members });
  return { outcome: "read", event, statements: [...statements, ...deployment] };
}

/** STARTED carries the result of the build before, or none: only an ended phase has one. */
function progressOf(phase: string, build: Payload, at: Time): BuildMembers | null {
  switch (phase) {
    case "QUEUED":
      return { status: "queued", queuedAt: at };
    case "STARTED":
      return { status: "running", startedAt: at };
    case "COMPLETED":
    case "FINALIZED":
      return {
        status: jenkinsResult(build.status),
        ...startOf(phase, build),
        finishedAt: at,
      };
    default:
      return null;
  }
}

/** A COMPLETED build that names its end and its duration names its start. */
function startOf(phase: string, build: Payload): Pick<BuildMembers, "startedAt"> {
  const end = toTime(build.timestamp);
  const duration = count(build.duration);
  if (phase !== "COMPLETED" || !end || !duration) return {};
  return { startedAt: new Date(Date.parse(end) - duration).toISOString() };
}

function originOf(build: Payload): Pick<BuildMembers, "repository" | "branch" | "revision"> {
  const scm = part(build.scm);
  return {
    repository: repositoryAt(scm.url),
    branch: name(name(scm.branch)?.replace(/^(?:refs\/remotes\/)?origin\//, "")),
    revision: revision(scm.commit),
  };
}

/** A job in a folder has its path in the address only: `job/acme/job/checkout/job/main/`. */
function jobPath(body: Payload): string | null {
  const address = text(body.url, 1000) ?? "";
  const steps = [...address.matchAll(/(?:^|\/)job\/([^/]+)/g)].map(([, step = ""]) => decode(step));
  return name(steps.join("/")) ?? name(body.name);
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
