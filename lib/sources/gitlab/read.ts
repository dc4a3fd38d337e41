import { ignoring, readerOf, readingOf } from "@/lib/sources/event-reader";
import { apiReaders } from "@/lib/sources/gitlab/answers";
import { type GitlabReader, openDelivery } from "@/lib/sources/gitlab/delivery";
import { readDeployment } from "@/lib/sources/gitlab/deployment";
import { readIssue } from "@/lib/sources/gitlab/incident";
import { readMergeRequest, readNote } from "@/lib/sources/gitlab/merge-request";
import { readJob, readPipeline } from "@/lib/sources/gitlab/pipeline";
import { readPush, readTagPush } from "@/lib/sources/gitlab/push";
import { readFeatureFlag, readRelease } from "@/lib/sources/gitlab/release";
import { name, type Payload, part } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";

/** By `object_kind`: a Job hook says "build" there, and issues became work items. */
const readers: Record<string, GitlabReader> = {
  push: readPush,
  tag_push: readTagPush,
  merge_request: readMergeRequest,
  note: readNote,
  pipeline: readPipeline,
  build: readJob,
  deployment: readDeployment,
  release: readRelease,
  feature_flag: readFeatureFlag,
  issue: readIssue,
  work_item: readIssue,
  ...apiReaders,
  repository_update: ignoring("its pushes and tags are told one by one"),
};

/** One delivery of GitLab as statements; events that are not known here are ignored, never refused. */
export function readGitlab(input: DeliveryInput): Reading {
  const delivery = openDelivery(input);
  const { kind, body } = delivery;
  const detail = detailOf(body);
  const title = kind === "build" ? "job" : kind;
  return readingOf(detail ? `${title}.${detail}` : title, readerOf(readers, kind)(delivery));
}

/** An action or a status, wherever this kind of event has it. */
function detailOf(body: Payload): string | null {
  const attributes = part(body.object_attributes);
  return (
    name(attributes.action) ??
    name(body.action) ??
    name(body.build_status) ??
    name(body.status) ??
    (body.object_kind === "pipeline" ? name(attributes.status) : null)
  );
}
