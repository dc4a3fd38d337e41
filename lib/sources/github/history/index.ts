import { commits } from "@/lib/sources/github/history/commits";
import { deployments } from "@/lib/sources/github/history/deployments";
import { below, repositoryName } from "@/lib/sources/github/history/page";
import { pullRequests } from "@/lib/sources/github/history/pull-requests";
import { releases } from "@/lib/sources/github/history/releases";
import { workflowRuns } from "@/lib/sources/github/history/workflow-runs";
import { answerHeaders, type History } from "@/lib/sources/history";
import { identifier, name, need, part } from "@/lib/sources/payload";

/** GitHub's REST API (docs.github.com/rest); an Enterprise Server has the same under /api/v3. */
export const githubHistory: History = {
  api: "https://api.github.com",
  accept: "application/vnd.github+json",
  subject: {
    label: "Repository",
    placeholder: "owner/name",
    expected: "owner/name",
    pattern: repositoryName,
  },
  tokenHint:
    "That may read contents, metadata, pull requests, actions and deployments. Without one GitHub answers 60 questions an hour.",
  credentials: (token) => ({ authorization: `Bearer ${token}` }),
  headers: (event) => ({ ...answerHeaders(event), "x-github-event": event }),
  async find(ask, { subject }) {
    const { full_name, default_branch } = part(await ask(below(subject, "")));
    return {
      subject: need(identifier(full_name), full_name, "full_name", "a repository"),
      details: { branch: name(default_branch) ?? "HEAD" },
    };
  },
  phases: [commits, pullRequests, workflowRuns, deployments, releases],
};
