import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type LoggedCommit, logFormat, parseLog } from "@/lib/backfill/git/parse-log";
import type { Tag } from "@/lib/backfill/git/read-tags";
import { GitError, gitAnswer, gitOutput, gitText } from "@/lib/backfill/git/run-git";

/** A part of a clone's history, oldest commit first. */
export interface CloneHistory {
  /** How many commits it has. */
  commits: number;
  /** Commits whose parents the clone was not given: unknown is not none. */
  boundary: ReadonlySet<string>;
  read(): AsyncGenerator<LoggedCommit>;
}

/**
 * The history of a branch and of some tags. `since` leaves out what was committed
 * before. Throws GitError for what is no clone, and for a branch that is not there.
 */
export async function openClone(
  clone: string,
  branch: string | null,
  tags: readonly Tag[],
  since: Date | null,
): Promise<CloneHistory> {
  const head = await headOf(clone, branch);
  const from = [...new Set([head, ...tags.map((tag) => tag.revision)])];
  const input = from.map((revision) => `${revision}\n`).join("");
  const limits = since ? [`--since=${since.toISOString()}`] : [];
  let count = "";
  for await (const chunk of gitOutput(clone, ["rev-list", "--count", ...limits, "--stdin"], input))
    count += chunk.toString("utf8");
  const log = ["log", "--reverse", "--topo-order", ...limits, ...logFormat, "--stdin"];
  return {
    commits: Number(count),
    boundary: await boundaryOf(clone),
    read: () => parseLog(gitOutput(clone, log, input)),
  };
}

async function headOf(clone: string, branch: string | null): Promise<string> {
  const names = branch ? [`refs/heads/${branch}`, `refs/remotes/origin/${branch}`] : ["HEAD"];
  for (const name of names) {
    const revision = await gitAnswer(clone, ["rev-parse", "--verify", "-q", `${name}^{commit}`]);
    if (revision) return revision;
  }
  // Says what is wrong with the folder, where it is the folder.
  await gitText(clone, ["rev-parse", "--git-dir"]);
  throw new GitError(
    branch ? `There is no branch ${branch} in this clone.` : "This clone has no commit.",
  );
}

async function boundaryOf(clone: string): Promise<ReadonlySet<string>> {
  const path = await gitText(clone, ["rev-parse", "--git-path", "shallow"]);
  try {
    const text = await readFile(resolve(clone, path), "utf8");
    return new Set(text.split("\n").filter(Boolean));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Set();
    throw error;
  }
}
