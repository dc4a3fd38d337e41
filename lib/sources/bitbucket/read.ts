import { apiReaders } from "@/lib/sources/bitbucket/answers";
import { readCommitStatus } from "@/lib/sources/bitbucket/commit-status";
import { type BitbucketReader, openDelivery } from "@/lib/sources/bitbucket/delivery";
import { readPullRequest } from "@/lib/sources/bitbucket/pull-request";
import { readPush } from "@/lib/sources/bitbucket/push";
import { readerOf, readingOf } from "@/lib/sources/event-reader";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";

const readers: Record<string, BitbucketReader> = {
  "repo:push": readPush,
  "repo:commit_status_created": readCommitStatus,
  "repo:commit_status_updated": readCommitStatus,
  "pullrequest:created": readPullRequest,
  "pullrequest:updated": readPullRequest,
  "pullrequest:approved": readPullRequest,
  "pullrequest:changes_request_created": readPullRequest,
  "pullrequest:comment_created": readPullRequest,
  "pullrequest:fulfilled": readPullRequest,
  "pullrequest:rejected": readPullRequest,
  ...apiReaders,
};

/** One delivery of Bitbucket Cloud as statements; events that are not known here are ignored, never refused. */
export function readBitbucket(input: DeliveryInput): Reading {
  const delivery = openDelivery(input);
  return readingOf(delivery.event, readerOf(readers, delivery.event)(delivery));
}
