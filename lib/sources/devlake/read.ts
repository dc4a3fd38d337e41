import { readDeployments } from "@/lib/sources/devlake/deployment";
import { closeStatement, readIssue } from "@/lib/sources/devlake/issue";
import { memberOf } from "@/lib/sources/devlake/members";
import { closedIssue } from "@/lib/sources/devlake/path";
import { payloadOf } from "@/lib/sources/payload";
import { type DeliveryInput, type Reading, UnreadableDelivery } from "@/lib/sources/reader";

/**
 * What DevLake's webhook plugin takes, in both generations of its API. Its addresses
 * are told apart by the body, but for the closing of an issue, whose body is empty.
 */
export function readDevlake(input: DeliveryInput): Reading {
  const closed = closedIssue(input);
  if (closed)
    return { outcome: "read", event: "issue.close", statements: [closeStatement(input, closed)] };
  const body = payloadOf(input.body);
  if (memberOf(body, "issueKey", "issue_key") !== undefined) return readIssue(input, body);
  if (memberOf(body, "mergeCommitSha", "baseCommitSha", "baseRepoId") !== undefined)
    return {
      outcome: "ignored",
      event: "pull_request",
      reason: "pull requests of DevLake's webhook name no commits that could be read",
    };
  const commits = memberOf(body, "deploymentCommits", "deployment_commits");
  if (commits === undefined && memberOf(body, "commitSha", "commit_sha") === undefined)
    throw new UnreadableDelivery(
      "missing_field",
      "deploymentCommits",
      "a deployment's commits, or an issueKey",
    );
  return { outcome: "read", event: "deployment", statements: readDeployments(input, body) };
}
