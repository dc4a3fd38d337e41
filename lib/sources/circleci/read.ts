import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus, BuildMembers, Statement } from "@/lib/facts/types";
import { originOf } from "@/lib/sources/circleci/origin";
import { type EventReader, ignoring, readerOf, readingOf } from "@/lib/sources/event-reader";
import { identifier, name, need, type Payload, part, payloadOf, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { named, toTime } from "@/lib/sources/time";

interface Delivery {
  source: string;
  body: Payload;
  receivedAt: Date;
}

const readers: Record<string, EventReader<Delivery>> = {
  "workflow-completed": readWorkflow,
  "job-completed": readJob,
  ping: ignoring("CircleCI says that the webhook is connected"),
};

/** Completed workflows and jobs: CircleCI tells of no start (circleci.com/docs/outbound-webhooks-reference). */
export function readCircleci({ source, body, receivedAt }: DeliveryInput): Reading {
  const json = payloadOf(body);
  const event = need(name(json.type), json.type, "type", "the event's name");
  return readingOf(event, readerOf(readers, event)({ source, body: json, receivedAt }));
}

/** A workflow is a build. A re-run is a workflow of its own in the same pipeline. */
function readWorkflow(delivery: Delivery): Statement[] {
  const workflow = part(delivery.body.workflow);
  const finishedAt = toTime(workflow.stopped_at);
  const when = named([finishedAt, toTime(delivery.body.happened_at)], delivery.receivedAt);
  return [
    buildStatement(delivery, when, {
      status: statusOf(workflow.status),
      startedAt: toTime(workflow.created_at),
      finishedAt: finishedAt ?? when.asOf,
    }),
  ];
}

/**
 * A job is a stage of its workflow, whose status no job's webhook tells: until the
 * workflow's own comes, more jobs may follow, so it has begun and no more is known.
 */
function readJob(delivery: Delivery): Statement[] {
  const job = part(delivery.body.job);
  const begunAt = toTime(part(delivery.body.workflow).created_at) ?? toTime(job.started_at);
  const stage = need(name(job.name), job.name, "job.name", "a name");
  const finishedAt = toTime(job.stopped_at);
  const when = named([finishedAt, toTime(delivery.body.happened_at)], delivery.receivedAt);
  return [
    ...(begunAt
      ? [buildStatement(delivery, { asOf: begunAt }, { status: "running", startedAt: begunAt })]
      : []),
    buildStatement(delivery, when, {
      stages: Object.fromEntries([
        [
          stage,
          {
            name: stage,
            status: statusOf(job.status),
            startedAt: toTime(job.started_at),
            finishedAt: finishedAt ?? when.asOf,
          },
        ],
      ]),
    }),
  ];
}

function buildStatement(
  { source, body }: Delivery,
  when: Pick<Statement, "asOf" | "timeFromReceipt">,
  members: BuildMembers,
): Statement {
  const workflow = part(body.workflow);
  const id = need(identifier(workflow.id), workflow.id, "workflow.id", "an id");
  return {
    noun: "build",
    key: sourceKey(source, `workflow:${id}`),
    ...when,
    members: {
      ...originOf(body),
      name: name(workflow.name) ?? "workflow",
      url: text(workflow.url),
      ...members,
    },
  };
}

/** What was canceled or may not run ended nothing; so does a status that is not known here. */
function statusOf(status: unknown): AttemptStatus {
  switch (status) {
    case "success":
      return "succeeded";
    case "failed":
    case "error":
    case "infrastructure_fail":
    case "timedout":
      return "failed";
    default:
      return "canceled";
  }
}
