import { isFinal } from "@/lib/facts/claims";
import { sourceKey } from "@/lib/facts/keys";
import type { BuildMembers, Stage, Statement } from "@/lib/facts/types";
import { type Delivered, openBody, timeOf } from "@/lib/sources/buildkite/delivery";
import { buildStatus, jobStatus } from "@/lib/sources/buildkite/state";
import { type EventReader, ignoring, readerOf, readingOf } from "@/lib/sources/event-reader";
import {
  identifier,
  list,
  name,
  need,
  type Payload,
  part,
  payloadOf,
  text,
} from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { repositoryAt } from "@/lib/sources/repository-address";
import { latestTime, named } from "@/lib/sources/time";

const readers: Record<string, EventReader<Delivered>> = {
  build: readBuild,
  "build.created": readBuild,
  "build.scheduled": readBuild,
  "build.started": readBuild,
  "build.running": readBuild,
  "build.failing": readBuild,
  "build.blocked": readBuild,
  "build.finished": readBuild,
  "build.canceled": readBuild,
  "build.skipped": readBuild,
  "job.started": readJob,
  "job.finished": readJob,
  "job.activated": ignoring("a person unblocked a step; the build tells the rest"),
  "job.scheduled": ignoring("a job waits for an agent"),
  ping: ignoring("Buildkite says that the webhook is connected"),
};

/** Builds of the webhook, of EventBridge and of the API (buildkite.com/docs/apis/webhooks/pipelines). */
export function readBuildkite({ source, body, receivedAt }: DeliveryInput): Reading {
  const opened = openBody(payloadOf(body));
  const { event } = opened;
  return readingOf(event, readerOf(readers, event)({ ...opened, source, receivedAt }));
}

function readBuild(delivered: Delivered): Statement[] {
  const { build, at } = delivered;
  const status = buildStatus(build);
  const startedAt = timeOf(build.started_at);
  const finishedAt = timeOf(build.finished_at);
  const queuedAt = timeOf(build.scheduled_at) ?? timeOf(build.created_at);
  const times = [finishedAt, timeOf(build.failing_at), startedAt, queuedAt];
  const when = named([at, latestTime(times)], delivered.receivedAt);
  const stages = list(build.jobs).map(part).flatMap(stageOf);
  return [
    buildStatement(delivered, when, {
      status,
      ...(queuedAt && { queuedAt }),
      ...(startedAt && { startedAt }),
      finishedAt: isFinal(status) ? (finishedAt ?? when.asOf) : null,
      ...(stages.length > 0 && { stages: byName(stages) }),
    }),
  ];
}

/** A job is a stage of its build; a step that only waits or blocks is none. */
function readJob(delivered: Delivered) {
  const { job, at, receivedAt } = delivered;
  const [stage] = stageOf(job);
  if (!stage) return { ignored: "a step that runs no command" };
  const when = named([at, latestTime([stage.finishedAt, stage.startedAt])], receivedAt);
  return [buildStatement(delivered, when, { stages: byName([stage]) })];
}

function stageOf(job: Payload): Stage[] {
  const title = name(job.name) ?? name(job.label) ?? name(job.step_key);
  const runs = job.type === undefined || job.type === "script" || job.type === "command";
  if (title === null || !runs || job.retried === true) return [];
  const status = jobStatus(job);
  return [
    {
      name: title,
      status,
      queuedAt: timeOf(job.runnable_at) ?? timeOf(job.scheduled_at),
      startedAt: timeOf(job.started_at),
      finishedAt: isFinal(status) ? timeOf(job.finished_at) : null,
    },
  ];
}

const byName = (stages: readonly Stage[]) =>
  Object.fromEntries(stages.map((stage) => [stage.name, stage]));

function buildStatement(
  { source, build, pipeline, organization }: Delivered,
  when: Pick<Statement, "asOf" | "timeFromReceipt">,
  members: BuildMembers,
): Statement {
  const given = build.id ?? build.uuid;
  const id = need(identifier(given), given, "build.id", "an id");
  // A tag's build stands under the tag's name as its branch too.
  const branch = name(build.tag) === null ? name(build.branch) : null;
  return {
    noun: "build",
    key: sourceKey(source, `build:${id}`),
    ...when,
    members: {
      repository: repositoryOf(pipeline, organization),
      branch,
      // Until an agent has looked, a build may be of "HEAD".
      revision: /^[0-9a-f]{7,64}$/.exec(name(build.commit) ?? "")?.[0] ?? null,
      name: name(pipeline.slug) ?? name(pipeline.name) ?? "pipeline",
      url: text(build.web_url),
      ...ofDefaultBranch(build, pipeline),
      ...members,
    },
  };
}

function repositoryOf(pipeline: Payload, organization: Payload): string | null {
  const address = pipeline.repository ?? pipeline.repo;
  const slugs = [name(organization.slug), name(pipeline.slug)].flatMap((slug) => slug ?? []);
  return repositoryAt(address) ?? name(address) ?? name(slugs.join("/"));
}

/** A build for a pull request is none of the default branch's. */
function ofDefaultBranch(build: Payload, pipeline: Payload): Pick<BuildMembers, "defaultBranch"> {
  const usual = name(pipeline.default_branch);
  const isRequested = part(build.pull_request).id !== undefined;
  return usual ? { defaultBranch: !isRequested && name(build.branch) === usual } : {};
}
