import { type EventReader, ignoring, readerOf, readingOf } from "@/lib/sources/event-reader";
import { readBranch, readPullRequest, readTag } from "@/lib/sources/harness/code";
import { eventNameOf, type HarnessDelivery } from "@/lib/sources/harness/delivery";
import { readPipeline, readStage } from "@/lib/sources/harness/pipeline";
import { payloadOf } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";

const readers: Record<string, EventReader<HarnessDelivery>> = {
  pipelinestart: readPipeline,
  pipelineend: readPipeline,
  pipelinesuccess: readPipeline,
  pipelinefailed: readPipeline,
  stagestart: readStage,
  stagesuccess: readStage,
  stagefailed: readStage,
  stepfailed: ignoring("a step; its stage and pipeline tell the rest"),
  pipelinepaused: ignoring("a pause ends nothing"),
  pullreq_created: readPullRequest,
  pullreq_reopened: readPullRequest,
  pullreq_updated: readPullRequest,
  pullreq_branch_updated: readPullRequest,
  pullreq_closed: readPullRequest,
  pullreq_merged: readPullRequest,
  branch_created: readBranch,
  branch_updated: readBranch,
  branch_deleted: ignoring("a deleted branch changes nothing that runs"),
  tag_created: readTag,
  tag_updated: readTag,
  tag_deleted: ignoring("a deleted tag changes nothing that runs"),
};

/** Notifications of pipelines, and webhooks of Harness Code's repositories. */
export function readHarness({ source, headers, body, receivedAt }: DeliveryInput): Reading {
  const json = payloadOf(body);
  const event = eventNameOf(json);
  return readingOf(event, readerOf(readers, event)({ source, headers, body: json, receivedAt }));
}
