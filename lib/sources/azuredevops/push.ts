import type { Statement } from "@/lib/facts/types";
import {
  type AzureDelivery,
  type AzureReader,
  personOf,
  repositoryOf,
} from "@/lib/sources/azuredevops/delivery";
import { oldestFirst, pushStatements } from "@/lib/sources/branch-push";
import { isNoRevision, readRef } from "@/lib/sources/git-ref";
import { list, need, type Payload, part, revision, text } from "@/lib/sources/payload";
import { tagRelease } from "@/lib/sources/tag-release";
import { named, toTime } from "@/lib/sources/time";

/** No count says whether the list was cut: one as long as this may have been. */
const listedCommits = 25;

/** Branches and tags that moved in one push. */
export const readPush: AzureReader = (delivery) => {
  const updates = list(delivery.resource.refUpdates).map(part);
  const statements = updates.flatMap((update) => readUpdate(delivery, update, updates.length));
  return statements.length > 0 ? statements : { ignored: "a branch or tag was deleted" };
};

function readUpdate(delivery: AzureDelivery, update: Payload, among: number): Statement[] {
  const { source, resource, sentAt, receivedAt } = delivery;
  const id = need(text(update.name, 1000), update.name, "refUpdates[].name", "the name of a ref");
  const ref = readRef(id);
  const after = revision(update.newObjectId);
  if (ref === null || after === null || isNoRevision(after)) return [];
  const repository = repositoryOf(resource.repository);
  const when = named([toTime(resource.date), sentAt], receivedAt);
  if (ref.kind === "tag")
    return [
      tagRelease({ source, repository, tag: ref.name }, when, {
        revision: after,
        author: personOf(resource.pushedBy),
        at: when.asOf,
      }),
    ];
  // The list is of the whole push: with one branch in it, of that branch.
  const listed = among === 1 ? list(resource.commits) : [];
  const commits = oldestFirst(listed.flatMap(commitOf), after);
  const isDefault = id === part(resource.repository).defaultBranch;
  return pushStatements(
    {
      repository,
      branch: ref.name,
      before: revision(update.oldObjectId),
      after,
      // That another branch than the default one was not forced is not said.
      forced: !isDefault || commits.length === 0,
      complete: commits.length > 0 && commits.length < listedCommits,
      commits,
    },
    when,
  );
}

function commitOf(given: unknown) {
  const commit = part(given);
  const id = revision(commit.commitId);
  if (id === null) return [];
  const authoredAt = toTime(part(commit.author).date);
  const committedAt = toTime(part(commit.committer).date);
  return [
    {
      revision: id,
      ...(authoredAt && { authoredAt }),
      ...(committedAt && { committedAt }),
      author: personOf(commit.author),
      message: text(commit.comment, 65_536),
      url: text(commit.url),
    },
  ];
}
