import { readerOf, readingOf } from "@/lib/sources/event-reader";
import { openGiteaDelivery } from "@/lib/sources/gitea/delivery";
import { readCreate, readPush } from "@/lib/sources/gitea/push";
import { readComment, readReview } from "@/lib/sources/gitea/review";
import { readJob, readRun } from "@/lib/sources/gitea/workflow";
import { readStatus } from "@/lib/sources/github/checks";
import type { EventReader } from "@/lib/sources/github/delivery";
import { readIssues } from "@/lib/sources/github/issues";
import { readPullRequest } from "@/lib/sources/github/pull-request";
import { readRelease as readGithubRelease } from "@/lib/sources/github/tag";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";

/** Older versions name no action: then it was published. */
const readRelease: EventReader = (delivery) =>
  readGithubRelease({ ...delivery, action: delivery.action ?? "published" });

const incident = { name: "incident" };

/** Labels change all at once, so that it has one of an incident now is its labelling, and that it has none its end. */
const readIssue: EventReader = (delivery) => {
  if (!delivery.action?.startsWith("label_")) return readIssues(delivery);
  const body = { ...delivery.body, label: incident };
  const labelled = readIssues({ ...delivery, body, action: "labeled" });
  return "ignored" in labelled ? readIssues({ ...delivery, body, action: "unlabeled" }) : labelled;
};

const readers: Record<string, EventReader> = {
  push: readPush,
  create: readCreate,
  pull_request: readPullRequest,
  pull_request_approved: readReview,
  pull_request_rejected: readReview,
  pull_request_comment: (delivery) =>
    delivery.body.comment ? readComment(delivery) : readReview(delivery),
  pull_request_review_approved: readReview,
  pull_request_review_rejected: readReview,
  pull_request_review_comment: readReview,
  issue_comment: readComment,
  release: readRelease,
  status: readStatus,
  workflow_run: readRun,
  workflow_job: readJob,
  issues: readIssue,
  issue_label: readIssue,
};

/** One delivery of Gitea or a fork of it as statements; events that are not known here are ignored, never refused. */
export function readGitea(input: DeliveryInput): Reading {
  const delivery = openGiteaDelivery(input);
  const { event, action } = delivery;
  return readingOf(action ? `${event}.${action}` : event, readerOf(readers, event)(delivery));
}
