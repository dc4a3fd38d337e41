import { gitAnswer } from "@/lib/backfill/git/run-git";
import { repositoryOfPath } from "@/lib/sources/repository-address";

/**
 * `owner/name` from the address of a clone's remote: `origin`, else the first there
 * is. Null where there is none, or it is a folder. What a person may have written
 * into the address (a user, a token) is in no answer.
 */
export async function repositoryOfClone(clone: string): Promise<string | null> {
  const remotes = (await gitAnswer(clone, ["remote"]))?.split("\n") ?? [];
  const remote = remotes.includes("origin") ? "origin" : remotes[0];
  if (!remote) return null;
  const address = await gitAnswer(clone, ["config", "--get", `remote.${remote}.url`]);
  return address === null ? null : repositoryOfAddress(address);
}

/** The path of a remote's address, in either of git's forms, without its `.git`. */
export function repositoryOfAddress(address: string): string | null {
  const path = URL.canParse(address)
    ? pathOf(new URL(address))
    : /^[^/:]+:(.+)$/.exec(address)?.[1];
  const name = path?.replace(/^\/+|\/+$/g, "").replace(/\.git$/, "");
  return name && /^[^/\s]+(\/[^/\s]+)+$/.test(name) ? repositoryOfPath(name) : null;
}

function pathOf({ protocol, pathname }: URL): string | undefined {
  return protocol === "file:" ? undefined : decodeURI(pathname);
}
