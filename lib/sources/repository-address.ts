import { identifier } from "@/lib/sources/payload";

/**
 * The repository's path on its host (`acme/checkout`, groups and all) from the
 * address it is cloned from: `git@host:path.git`, `ssh://…` or `https://…`; null
 * for all else.
 */
export function repositoryAt(address: unknown): string | null {
  const given = identifier(address, 2000);
  if (given === null) return null;
  const [, path] =
    /^[a-z+]+:\/\/[^/]+\/+([^?#]+)$/i.exec(given) ??
    /^[^/:]+@[^/:]+:\/*([^?#]+)$/.exec(given) ??
    [];
  const name = path?.replace(/\/+$/, "").replace(/\.git$/, "");
  return identifier(name && repositoryOfPath(name));
}

/**
 * A path that clones are made from as the name that people and webhooks give it:
 * without the `scm/` of Bitbucket Data Center, and without the organisation, `_git`
 * and `v3` of Azure DevOps, where a repository is `project/name`.
 */
export function repositoryOfPath(path: string): string {
  const azure =
    /^(?:.*\/)?([^/]+)\/_git\/([^/]+)$/.exec(path) ?? /^v3\/[^/]+\/([^/]+)\/([^/]+)$/.exec(path);
  if (azure) return `${azure[1]}/${azure[2]}`;
  return /^scm\/([^/]+\/[^/]+)$/.exec(path)?.[1] ?? path;
}
