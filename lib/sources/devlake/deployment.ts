import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus, Statement } from "@/lib/facts/types";
import { memberOf } from "@/lib/sources/devlake/members";
import { connectionPrefix } from "@/lib/sources/devlake/path";
import {
  identifier,
  isPayload,
  name,
  need,
  type Payload,
  revision,
  text,
} from "@/lib/sources/payload";
import { type DeliveryInput, UnreadableDelivery } from "@/lib/sources/reader";
import { repositoryAt } from "@/lib/sources/repository-address";
import { named, toTime } from "@/lib/sources/time";
import { receiptPeriod } from "@/lib/sources/timeless";

const statuses = new Map<string, AttemptStatus>([
  ["SUCCESS", "succeeded"],
  ["FAILURE", "failed"],
  ["FAILED", "failed"],
  ["ABORT", "canceled"],
  ["ABORTED", "canceled"],
  // Waits for a person to start it.
  ["MANUAL", "queued"],
]);

/** DevLake's four environments are constants; others are names, kept as they are. */
const constants = ["PRODUCTION", "STAGING", "TESTING", "DEVELOPMENT"];

/** One deployment of each repository that it names; what it leaves out DevLake's own defaults say. */
export function readDeployments(input: DeliveryInput, body: Payload): Statement[] {
  const listed = memberOf(body, "deploymentCommits", "deployment_commits");
  if (!Array.isArray(listed)) return [deploymentStatement(input, body, body, "")];
  if (listed.length === 0)
    throw new UnreadableDelivery("wrong_type", "deploymentCommits", "one commit at least");
  return listed.map((commit, index) => {
    const at = `deploymentCommits[${index}]`;
    if (!isPayload(commit)) throw new UnreadableDelivery("wrong_type", at, "a commit");
    return deploymentStatement(input, body, commit, `${at}.`);
  });
}

function deploymentStatement(
  input: DeliveryInput,
  body: Payload,
  commit: Payload,
  at: string,
): Statement {
  const address = memberOf(commit, "repoUrl", "repo_url");
  const repository = need(
    repositoryAt(address) ?? identifier(address),
    address,
    `${at}repoUrl`,
    "the repository's address",
  );
  const sha = memberOf(commit, "commitSha", "commit_sha");
  const shipped = need(revision(sha), sha, `${at}commitSha`, "the commit's hash");
  const environment = environmentOf(body);
  const startedAt = toTime(memberOf(body, "startedDate", "start_time"));
  const status = statusOf(memberOf(body, "result"));
  const when = named([toTime(memberOf(body, "finishedDate", "end_time"))], input.receivedAt);
  const id =
    identifier(memberOf(body, "id", "pipelineId", "pipeline_id")) ??
    `${shipped}:${startedAt ?? receiptPeriod(input.receivedAt)}`;
  return {
    noun: "deployment",
    key: sourceKey(input.source, `${connectionPrefix(input)}${id}:${repository}:${environment}`),
    ...when,
    members: {
      name: name(memberOf(body, "name")),
      environment,
      repository,
      revision: shipped,
      branch: name(memberOf(commit, "refName", "ref_name")),
      status,
      queuedAt: toTime(memberOf(body, "createdDate", "create_time")),
      startedAt,
      ...(status !== "queued" && { finishedAt: when.asOf }),
      description:
        text(memberOf(commit, "displayTitle", "display_title")) ??
        text(memberOf(body, "displayTitle", "display_title")),
      url: text(memberOf(body, "url")),
    },
  };
}

function statusOf(result: unknown): AttemptStatus {
  const told = name(result);
  // An outcome that DevLake does not know is no success, and no failure either.
  return told === null ? "succeeded" : (statuses.get(told.toUpperCase()) ?? "canceled");
}

function environmentOf(body: Payload): string {
  const told = name(memberOf(body, "environment")) ?? "PRODUCTION";
  return constants.includes(told) ? told.toLowerCase() : told;
}
