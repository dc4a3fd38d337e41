import { notRead } from "@/lib/sources/event-reader";
import { apiReaders } from "@/lib/sources/github/answers";
import { readCheckRun, readCheckSuite, readStatus } from "@/lib/sources/github/checks";
import { type EventReader, openDelivery } from "@/lib/sources/github/delivery";
import { readDeployment, readDeploymentStatus } from "@/lib/sources/github/deployment";
import { readIssues } from "@/lib/sources/github/issues";
import { readPullRequest, readReview } from "@/lib/sources/github/pull-request";
import { readPush } from "@/lib/sources/github/push";
import { readCreate, readRelease } from "@/lib/sources/github/tag";
import { readWorkflowJob, readWorkflowRun } from "@/lib/sources/github/workflow";
import { name, part } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";

const ignored = (reason: string) => () => ({ ignored: reason });

const readers: Record<string, EventReader> = {
  push: readPush,
  create: readCreate,
  delete: ignored("a deleted branch or tag changes nothing that runs"),
  pull_request: readPullRequest,
  pull_request_review: readReview,
  deployment: readDeployment,
  deployment_status: readDeploymentStatus,
  deployment_review: ignored("an approval gate: no deployment has started"),
  workflow_run: readWorkflowRun,
  workflow_job: readWorkflowJob,
  check_run: readCheckRun,
  check_suite: readCheckSuite,
  status: readStatus,
  merge_group: ignored("the merge queue's own checks"),
  release: readRelease,
  issues: readIssues,
  ping: ignored("GitHub says that the webhook is connected"),
  ...apiReaders,
};

/** One delivery of GitHub as statements; events that are not known here are ignored, never refused. */
export function readGithub(input: DeliveryInput): Reading {
  const delivery = openDelivery(input);
  const { event, action, body } = delivery;
  const detail = event === "deployment_status" ? name(part(body.deployment_status).state) : action;
  const title = detail ? `${event}.${detail}` : event;
  const reader = Object.hasOwn(readers, event) ? readers[event] : undefined;
  const result = reader?.(delivery) ?? { ignored: notRead };
  return "ignored" in result
    ? { outcome: "ignored", event: title, reason: result.ignored }
    : { outcome: "read", event: title, statements: result };
}
