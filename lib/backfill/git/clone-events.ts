import type { LoggedCommit } from "@/lib/backfill/git/parse-log";
import type { Tag } from "@/lib/backfill/git/read-tags";
import { toTime } from "@/lib/sources/time";

/** A native event, as POST /api/v1/events takes it. */
export type CloneEvent = Record<string, unknown> & { type: "change" | "deployment"; id: string };

const pathsAtMost = 10_000;
const parentsAtMost = 100;
const messageLength = 65_536;
const nameLength = 255;
const pathLength = 4_000;

/**
 * A commit as a native change; null where it has no date that can be one. What the
 * clone does not know is left out: the parents at the edge of a shallow clone, and
 * the paths there and of merges, which git compares with nothing.
 */
export function changeOf(
  repository: string,
  commit: LoggedCommit,
  isBoundary: boolean,
): CloneEvent | null {
  const committedAt = toTime(commit.committedAt);
  const authoredAt = toTime(commit.authoredAt) ?? committedAt;
  if (authoredAt === null) return null;
  const { revision, parents, author, message, paths } = commit;
  const tellsPaths = !isBoundary && parents.length < 2 && paths.length <= pathsAtMost;
  return {
    type: "change",
    id: `${repository}@${revision}`,
    repository,
    revision,
    ...(!isBoundary && parents.length <= parentsAtMost && { parents }),
    ...(tellsPaths && { paths: paths.map((path) => storable(path, pathLength)) }),
    authoredAt,
    ...(committedAt && { committedAt }),
    ...(author && { author: storable(author, nameLength) }),
    message: storable(message, messageLength),
  };
}

export interface TagRule {
  repository: string;
  service: string;
  environment: string;
}

/** A tag as a deployment of its commit, finished when the tag was made as far as it says. */
export function deploymentOf({ repository, service, environment }: TagRule, tag: Tag): CloneEvent {
  const whose = tag.dated === "tag" ? "the tag's own" : "its commit's: the tag has none";
  return {
    type: "deployment",
    id: `tag ${repository}@${tag.name} ${environment}`,
    service,
    environment,
    repository,
    revision: tag.revision,
    version: storable(tag.name, nameLength),
    status: "succeeded",
    finishedAt: tag.at.toISOString(),
    ...(tag.tagger && { author: storable(tag.tagger, nameLength) }),
    description: `Tag ${storable(tag.name, nameLength)} of a clone. Its time is ${whose}.`,
  };
}

/** Cut to length, never inside of one character. */
function storable(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}
