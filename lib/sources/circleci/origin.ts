import type { BuildMembers } from "@/lib/facts/types";
import { readRef } from "@/lib/sources/git-ref";
import { name, type Payload, part, revision, text } from "@/lib/sources/payload";
import { repositoryAt } from "@/lib/sources/repository-address";

/**
 * Of which repository, branch and revision a pipeline is. GitHub OAuth and Bitbucket
 * Cloud pipelines say it in `vcs`; those of GitLab, the GitHub App and Bitbucket Data
 * Center have none, and say it in the parameters of their trigger.
 */
export function originOf(body: Payload): Pick<BuildMembers, "repository" | "branch" | "revision"> {
  const pipeline = part(body.pipeline);
  const vcs = part(pipeline.vcs);
  const parameters = part(pipeline.trigger_parameters);
  const git = part(parameters.git);
  const gitlab = part(parameters.gitlab);
  const github = part(parameters.github_app);
  const project = part(body.project);
  // A tag that is built is told beside an empty branch, or in the branch's place.
  const isTag =
    [vcs.tag, git.tag, gitlab.tag].some((tag) => name(tag) !== null) ||
    [git.ref, gitlab.ref].some((ref) => readRef(text(ref, 1000) ?? "")?.kind === "tag");
  return {
    repository:
      repositoryAt(vcs.target_repository_url) ??
      repositoryAt(git.checkout_url) ??
      repositoryAt(git.repo_url) ??
      repositoryAt(gitlab.repo_url) ??
      repositoryAt(github.repo_url) ??
      repositoryAt(vcs.origin_repository_url) ??
      repositoryOfSlug(project.slug) ??
      name(project.name),
    branch: isTag ? null : (name(vcs.branch) ?? name(git.branch) ?? name(gitlab.branch)),
    revision: revision(vcs.revision) ?? revision(git.checkout_sha) ?? revision(gitlab.checkout_sha),
  };
}

/** `github/acme/checkout`; the slugs of other hosts are ids. */
function repositoryOfSlug(slug: unknown): string | null {
  return name(/^(?:github|gh|bitbucket|bb)\/([^/]+\/[^/]+)$/.exec(name(slug) ?? "")?.[1]);
}
