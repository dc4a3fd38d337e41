import { type AzureReader, openDelivery } from "@/lib/sources/azuredevops/delivery";
import { readBuild, readRun, readStage } from "@/lib/sources/azuredevops/pipeline";
import { readComment, readPullRequest } from "@/lib/sources/azuredevops/pull-request";
import { readPush } from "@/lib/sources/azuredevops/push";
import { readReleaseDeployment } from "@/lib/sources/azuredevops/release-deployment";
import { ignoring, readerOf, readingOf } from "@/lib/sources/event-reader";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";

const readers: Record<string, AzureReader> = {
  "git.push": readPush,
  "git.pullrequest.created": readPullRequest,
  "git.pullrequest.updated": readPullRequest,
  "git.pullrequest.merged": readPullRequest,
  "ms.vss-code.git-pullrequest-comment-event": readComment,
  "build.complete": readBuild,
  "ms.vss-pipelines.run-state-changed-event": readRun,
  "ms.vss-pipelines.stage-state-changed-event": readStage,
  "ms.vss-release.deployment-started-event": readReleaseDeployment,
  "ms.vss-release.deployment-completed-event": readReleaseDeployment,
  "ms.vss-release.deployment-approval-pending-event": ignoring("nothing is deployed yet"),
  "ms.vss-release.deployment-approval-completed-event": ignoring("nothing is deployed yet"),
};

/** One delivery of Azure DevOps as statements; events that are not known here are ignored, never refused. */
export function readAzureDevops(input: DeliveryInput): Reading {
  const delivery = openDelivery(input);
  const { event, isSample } = delivery;
  const reader = isSample
    ? ignoring("the sample that the form's Test sends")
    : readerOf(readers, event);
  return readingOf(event, reader(delivery));
}
