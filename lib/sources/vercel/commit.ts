import type { DeploymentMembers } from "@/lib/facts/types";
import { name, type Payload, revision, text } from "@/lib/sources/payload";

type Told = Pick<
  DeploymentMembers,
  "repository" | "branch" | "revision" | "author" | "description"
>;

/**
 * What a deployment's `meta` says of its commit. Its members are named for the host;
 * a deployment by the command line may say nothing, or what the sender chose.
 */
export function commitOf(meta: Payload): Told {
  const host = ["github", "gitlab", "bitbucket"].find((each) => meta[`${each}CommitSha`]);
  const said = (member: string) => (host ? meta[`${host}Commit${member}`] : undefined);
  return {
    repository: repositoryOf(meta),
    branch: name(said("Ref")),
    revision: revision(said("Sha")) ?? revision(meta.gitCommitSha),
    author: name(said("AuthorLogin")) ?? name(said("AuthorName")),
    description: text(said("Message")),
  };
}

function repositoryOf(meta: Payload): string | null {
  const paths = [
    [meta.githubCommitOrg ?? meta.githubOrg, meta.githubCommitRepo ?? meta.githubRepo],
    [meta.bitbucketRepoOwner, meta.bitbucketRepoSlug],
  ].map(([owner, repository]) => {
    const [first, last] = [name(owner), name(repository)];
    return first && last ? `${first}/${last}` : null;
  });
  return (
    paths.find((path) => path !== null) ??
    name(meta.gitlabProjectPath) ??
    name(meta.gitlabProjectRepo)
  );
}
