import { commits } from "@/lib/sources/github/history/commits";
import { deployments } from "@/lib/sources/github/history/deployments";
import { pullRequests } from "@/lib/sources/github/history/pull-requests";
import { releases } from "@/lib/sources/github/history/releases";
import { workflowRuns } from "@/lib/sources/github/history/workflow-runs";
import type { History } from "@/lib/sources/history";
import { identifier, name, need, part } from "@/lib/sources/payload";

/** GitHub's REST API (docs.github.com/rest); an Enterprise Server has the same under /api/v3. */
export const githubHistory: History = {
  api: "https://api.github.com",
  accept: "application/vnd.github+json",
  authorization: (token) => `Bearer ${token}`,
  headers: (event) => ({ "content-type": "application/json", "x-github-event": event }),
  async find(ask, repository) {
    const path = `/repos/${repository.split("/").map(encodeURIComponent).join("/")}`;
    const { full_name, default_branch } = part(await ask(path));
    return {
      repository: need(identifier(full_name), full_name, "full_name", "a repository"),
      branch: name(default_branch) ?? "HEAD",
    };
  },
  phases: [commits, pullRequests, workflowRuns, deployments, releases],
};
