import { commits } from "@/lib/sources/gitlab/history/commits";
import { deployments } from "@/lib/sources/gitlab/history/deployments";
import { mergeRequests } from "@/lib/sources/gitlab/history/merge-requests";
import { pipelines } from "@/lib/sources/gitlab/history/pipelines";
import { releases } from "@/lib/sources/gitlab/history/releases";
import { answerHeaders, type History } from "@/lib/sources/history";
import { identifier, name, need, part, text } from "@/lib/sources/payload";

/** GitLab's REST API, version 4 (docs.gitlab.com/api/rest); installations of one's own have the same. */
export const gitlabHistory: History = {
  subject: {
    label: "Project",
    placeholder: "group/project",
    expected: "group/project, with every group that it stands in",
    pattern: /^(?!(.*\/)?\.+(\/|$))[\w.-]{1,255}(\/[\w.-]{1,255}){1,20}$/,
  },
  api: "https://gitlab.com/api/v4",
  tokenHint: "A project, group or personal access token with the scope read_api.",
  accept: "application/json",
  credentials: (token) => ({ "private-token": token }),
  headers: answerHeaders,
  async find(ask, { subject }) {
    const project = part(await ask(`/projects/${encodeURIComponent(subject)}`));
    const path = project.path_with_namespace;
    const branch = name(project.default_branch);
    return {
      subject: need(identifier(path), path, "path_with_namespace", "a project's path"),
      details: {
        id: need(identifier(project.id), project.id, "id", "a project's number"),
        ...(branch && { branch }),
        url: text(project.web_url) ?? "",
      },
    };
  },
  phases: [commits, mergeRequests, pipelines, deployments, releases],
};
