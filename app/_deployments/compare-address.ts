import type { DeploymentAnswer } from "@/lib/http/answers";

type Compared = Pick<DeploymentAnswer, "repository" | "revision" | "url">;

/**
 * Where the provider shows the difference between two deployments: known for
 * GitHub and GitLab by their run's address. Null elsewhere.
 */
export function compareAddress(deployment: Compared, previous: Compared): string | null {
  const { repository, revision, url } = deployment;
  if (!repository || !revision || !previous.revision || !url || !URL.canParse(url)) return null;
  const { origin, host, protocol } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return null;
  const range = `${encodeURIComponent(previous.revision)}...${encodeURIComponent(revision)}`;
  if (/(^|\.)github\./.test(host)) return `${origin}/${repository}/compare/${range}`;
  if (/(^|\.)gitlab\./.test(host)) return `${origin}/${repository}/-/compare/${range}`;
  return null;
}
