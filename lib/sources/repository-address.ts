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
  return identifier(path?.replace(/\/+$/, "").replace(/\.git$/, ""));
}
