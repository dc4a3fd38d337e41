import { apiReaders } from "@/lib/sources/bitbucket-server/answers";
import { type DataCenterReader, openDelivery } from "@/lib/sources/bitbucket-server/delivery";
import { readPullRequest } from "@/lib/sources/bitbucket-server/pull-request";
import { readRefsChanged } from "@/lib/sources/bitbucket-server/push";
import { ignoring, readerOf, readingOf } from "@/lib/sources/event-reader";
import { answeredEvent } from "@/lib/sources/history";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";

const readers: Record<string, DataCenterReader> = {
  "repo:refs_changed": readRefsChanged,
  "pr:opened": readPullRequest,
  "pr:modified": readPullRequest,
  "pr:from_ref_updated": readPullRequest,
  "pr:reviewer:approved": readPullRequest,
  "pr:reviewer:needs_work": readPullRequest,
  "pr:comment:added": readPullRequest,
  "pr:merged": readPullRequest,
  "pr:declined": readPullRequest,
  "diagnostics:ping": ignoring("Bitbucket says that the webhook is connected"),
};

/** One delivery of Bitbucket Data Center as statements; events that are not known here are ignored, never refused. */
export function readBitbucketServer(input: DeliveryInput): Reading {
  const delivery = openDelivery(input);
  const known = answeredEvent(input) === null ? readers : apiReaders;
  return readingOf(delivery.event, readerOf(known, delivery.event)(delivery));
}
