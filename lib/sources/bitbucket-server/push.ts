import type { Statement } from "@/lib/facts/types";
import {
  type DataCenterDelivery,
  type DataCenterReader,
  personOf,
  repositoryOf,
} from "@/lib/sources/bitbucket-server/delivery";
import { oldestFirst, pushStatements } from "@/lib/sources/branch-push";
import { isNoRevision, readRef } from "@/lib/sources/git-ref";
import { list, need, type Payload, part, revision, text } from "@/lib/sources/payload";
import { tagRelease } from "@/lib/sources/tag-release";
import { named, toTime } from "@/lib/sources/time";

/** Branches and tags that moved: only from where to where, and in newer versions by which commits. */
export const readRefsChanged: DataCenterReader = (delivery) => {
  const changes = list(delivery.body.changes).map(part);
  const statements = changes.flatMap((change) => readChange(delivery, change, changes.length));
  return statements.length > 0 ? statements : { ignored: "a branch or tag was deleted" };
};

function readChange(delivery: DataCenterDelivery, change: Payload, among: number): Statement[] {
  const { source, body, sentAt, receivedAt } = delivery;
  const given = change.refId ?? part(change.ref).id;
  const id = need(text(given, 1000), given, "changes[].refId", "the full name of a branch or tag");
  const ref = readRef(id);
  const after = revision(change.toHash);
  if (ref === null || after === null || isNoRevision(after) || change.type === "DELETE") return [];
  const repository = repositoryOf(body.repository, "repository");
  const when = named([sentAt], receivedAt);
  if (ref.kind === "tag")
    return [
      tagRelease({ source, repository, tag: ref.name }, when, {
        revision: after,
        author: personOf(body.actor),
        at: when.asOf,
      }),
    ];
  const before = change.type === "ADD" ? null : revision(change.fromHash);
  // The list is of the whole push: with one branch in it, of that branch.
  const listed = among === 1 ? list(body.commits) : [];
  const commits = oldestFirst(listed.flatMap(commitOf), after);
  return pushStatements(
    {
      repository,
      branch: ref.name,
      before,
      after,
      forced: false,
      // Known to begin where the branch was before only where its first commit says so.
      complete: before !== null && commits[0]?.parents?.includes(before) === true,
      commits,
    },
    when,
  );
}

/** A commit as pushes and the API have it; none without its revision. */
export function commitOf(given: unknown) {
  const commit = part(given);
  const id = revision(commit.id);
  if (id === null) return [];
  const [authoredAt, committedAt] = [commit.authorTimestamp, commit.committerTimestamp].map(toTime);
  const parents = list(commit.parents).flatMap((parent) => revision(part(parent).id) ?? []);
  return [
    {
      revision: id,
      ...(Array.isArray(commit.parents) && { parents }),
      ...(authoredAt && { authoredAt }),
      ...(committedAt && { committedAt }),
      author: personOf(commit.author),
      message: text(commit.message, 65_536),
    },
  ];
}
