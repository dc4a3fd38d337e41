import { commits } from "@/lib/sources/bitbucket/history/commits";
import { deployments } from "@/lib/sources/bitbucket/history/deployments";
import { below } from "@/lib/sources/bitbucket/history/page";
import { pipelines } from "@/lib/sources/bitbucket/history/pipelines";
import { pullRequests } from "@/lib/sources/bitbucket/history/pull-requests";
import { answerHeaders, basicOrBearer, type History } from "@/lib/sources/history";
import { identifier, name, need, part, text } from "@/lib/sources/payload";

/** Bitbucket Cloud's REST API, version 2.0 (developer.atlassian.com/cloud/bitbucket/rest). */
export const bitbucketHistory: History = {
  subject: {
    label: "Repository",
    placeholder: "workspace/name",
    expected: "workspace/name",
    pattern: /^(?!\.+\/)[\w.-]{1,100}\/(?!\.+$)[\w.-]{1,100}$/,
  },
  api: "https://api.bitbucket.org/2.0",
  tokenHint:
    "An access token of the repository, or e-mail:API token, that may read repositories, pull requests and pipelines.",
  accept: "application/json",
  credentials: basicOrBearer,
  headers: answerHeaders,
  nextPage: (page) => text(part(page).next),
  async find(ask, { subject }) {
    const { full_name, mainbranch } = part(await ask(below(subject, "")));
    const known = need(identifier(full_name), full_name, "full_name", "a repository");
    const environments = (await ask.every(below(known, "/environments?pagelen=100"))) ?? [];
    const named = environments.flatMap((given) => {
      const { uuid, name: title } = part(given);
      const [id, words] = [identifier(uuid), name(title)];
      return id && words ? [[`environment ${id}`, words] as const] : [];
    });
    const branch = name(part(mainbranch).name) ?? "master";
    return { subject: known, details: { branch, ...Object.fromEntries(named) } };
  },
  phases: [commits, pullRequests, pipelines, deployments],
};
