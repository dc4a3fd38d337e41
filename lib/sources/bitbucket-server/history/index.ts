import { commits } from "@/lib/sources/bitbucket-server/history/commits";
import { nextPage } from "@/lib/sources/bitbucket-server/history/page";
import { pullRequests } from "@/lib/sources/bitbucket-server/history/pull-requests";
import { answerHeaders, basicOrBearer, type History } from "@/lib/sources/history";
import { identifier, need, part } from "@/lib/sources/payload";

/**
 * Bitbucket Data Center's REST API, version 1.0 (developer.atlassian.com/server/bitbucket/rest).
 * What builds told a commit is left where it is: it names no start, and the pipeline tells more.
 */
export const bitbucketServerHistory: History = {
  subject: {
    label: "Repository",
    placeholder: "ACME/checkout",
    expected: "the project's key and the repository's name, as ACME/checkout",
    pattern: /^(?!\.+\/)~?[\w.-]{1,128}\/(?!\.+$)[\w.-]{1,128}$/,
  },
  api: null,
  tokenHint: "An HTTP access token that may read the repository, or user:password.",
  accept: "application/json",
  credentials: basicOrBearer,
  headers: answerHeaders,
  nextPage,
  async find(ask, { subject }) {
    const [asked = "", name = ""] = subject.split("/").map(encodeURIComponent);
    const repository = part(await ask(`/rest/api/1.0/projects/${asked}/repos/${name}`));
    const { key } = part(repository.project);
    const slug = need(identifier(repository.slug), repository.slug, "slug", "a repository");
    const project = need(identifier(key), key, "project.key", "a project");
    return { subject: `${project.toLowerCase()}/${slug}`, details: { project, slug } };
  },
  phases: [commits, pullRequests],
};
