import { resolve } from "node:path";
import { type CloneEvent, changeOf, deploymentOf } from "@/lib/backfill/git/clone-events";
import { type CloneHistory, openClone } from "@/lib/backfill/git/read-clone";
import { readTags, type Tag } from "@/lib/backfill/git/read-tags";
import { repositoryOfClone } from "@/lib/backfill/git/repository-name";
import { GitError } from "@/lib/backfill/git/run-git";
import type { Options } from "@/scripts/backfill/options";
import { BackfillError, type Receiver, sendEvents } from "@/scripts/backfill/send-events";

type FromClone = Extract<Options, { kind: "git" }>;

export interface Told {
  commits: number;
  tags: number;
  /** Events that Pushline had not been told before. */
  fresh: number;
  /** Commits without a date that can be one. */
  undated: number;
}

/**
 * Sends the commits of a clone, then its tags as deployments, oldest first; `say` gets
 * lines to keep, `show` one that the next replaces. Throws BackfillError.
 */
export async function backfillFromClone(
  options: FromClone,
  say: (line: string) => void,
  show: (line: string) => void,
  wait?: Receiver["wait"],
): Promise<Told> {
  try {
    return await send(options, say, show, { url: options.url, token: options.token, wait });
  } catch (error) {
    if (error instanceof GitError)
      throw new BackfillError(`git in ${resolve(options.folder)}: ${error.message}`);
    throw error;
  }
}

async function send(
  { folder, branch, tags: rule, since, ...given }: FromClone,
  say: (line: string) => void,
  show: (line: string) => void,
  receiver: Receiver,
): Promise<Told> {
  const tags = rule ? await readTags(folder, rule.glob, since) : [];
  const history = await openClone(folder, branch, tags, since);
  const repository = given.repository ?? (await repositoryOfClone(folder));
  if (repository === null)
    throw new BackfillError("This clone has no remote to guess its name from: give --repository.");
  if (given.repository === null) say(`The repository is ${repository}, as its remote says.`);
  if (history.boundary.size > 0)
    say("This clone is shallow: what lies before it stays unknown, and is not taken for none.");

  let undated = 0;
  const commits = await sendEvents(
    receiver,
    changesOf(repository, history, () => {
      undated += 1;
    }),
    ({ sent, fresh }) => show(`${sent} of ${history.commits} commits, ${fresh} new`),
  );
  say(`${commits.sent} commits, ${commits.fresh} of them new.`);
  if (undated > 0) say(`${undated} commits without a usable date were left out.`);
  if (rule === null) return { commits: commits.sent, tags: 0, fresh: commits.fresh, undated };

  const service = rule.service ?? repository.split("/").at(-1) ?? repository;
  const place = { repository, service, environment: rule.environment };
  const deployments = await sendEvents(
    receiver,
    tags.map((tag) => deploymentOf(place, tag)),
  );
  say(tagWords(tags, deployments.fresh, place));
  return {
    commits: commits.sent,
    tags: deployments.sent,
    fresh: commits.fresh + deployments.fresh,
    undated,
  };
}

async function* changesOf(
  repository: string,
  history: CloneHistory,
  onUndated: () => void,
): AsyncGenerator<CloneEvent> {
  for await (const commit of history.read()) {
    const change = changeOf(repository, commit, history.boundary.has(commit.revision));
    if (change) yield change;
    else onUndated();
  }
}

function tagWords(
  tags: readonly Tag[],
  fresh: number,
  { service, environment }: { service: string; environment: string },
): string {
  if (tags.length === 0) return "No tag matches; no deployment was told.";
  const light = tags.filter((tag) => tag.dated === "commit").length;
  const words = `${tags.length} tags as deployments of ${service} to ${environment}, ${fresh} of them new.`;
  return light > 0
    ? `${words} ${light} have no date of their own and take their commit's, which may be earlier than they went out.`
    : words;
}
