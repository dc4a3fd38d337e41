import { oldestFirst, pushStatements } from "@/lib/sources/branch-push";
import { isNoRevision, readRef } from "@/lib/sources/git-ref";
import { type GiteaReader, personOf, repositoryOf } from "@/lib/sources/gitea/delivery";
import { count, identifier, list, name, need, part, revision, text } from "@/lib/sources/payload";
import { tagRelease } from "@/lib/sources/tag-release";
import { named, toTime } from "@/lib/sources/time";
import { touchedPaths } from "@/lib/sources/touched-paths";

/** Gitea lists no more commits than `FEED_MAX_COMMIT_NUM`, unless told otherwise. */
const listedCommits = 5;

/** A branch or tag moved. Unlike GitHub's, the list begins with the newest commit, and nothing says that it was forced. */
export const readPush: GiteaReader = ({ source, body, receivedAt }) => {
  const given = need(text(body.ref, 1000), body.ref, "ref", "the full name of a branch or tag");
  const after = need(revision(body.after), body.after, "after", "a revision");
  const ref = readRef(given);
  if (ref === null) return { ignored: "the ref is neither a branch nor a tag" };
  if (isNoRevision(after)) return { ignored: "the ref was deleted" };
  const repository = repositoryOf(body);
  const head = part(body.head_commit);
  if (ref.kind === "tag") {
    const when = named([], receivedAt);
    return [
      tagRelease({ source, repository, tag: ref.name }, when, {
        revision: revision(head.id) ?? after,
        author: personOf(body.pusher),
        at: when.asOf,
      }),
    ];
  }
  const before = revision(body.before);
  if (before === after) return { ignored: `${given} has not moved: a test that Gitea sends` };
  const commits = oldestFirst(list(body.commits).flatMap(commitOf), after);
  if (commits.length === 0 && (before === null || isNoRevision(before)))
    return { ignored: "a new branch of commits that are known" };
  const last = commits.find((commit) => commit.revision === after) ?? commits.at(-1);
  const total = count(body.total_commits);
  const isDefault = ref.name === name(part(body.repository).default_branch);
  return pushStatements(
    {
      repository,
      branch: ref.name,
      before,
      after,
      // That another branch stands on what was there before is not known; one that brings nothing went back.
      forced: !isDefault || commits.length === 0,
      complete: total === null ? commits.length < listedCommits : total <= commits.length,
      commits,
    },
    named([toTime(head.timestamp), last?.authoredAt], receivedAt),
  );
};

function commitOf(given: unknown) {
  const commit = part(given);
  const id = revision(commit.id);
  if (id === null) return [];
  const authoredAt = toTime(commit.timestamp);
  return [
    {
      revision: id,
      ...(authoredAt && { authoredAt }),
      author: personOf(commit.author),
      message: text(commit.message, 65_536),
      paths: touchedPaths(commit),
      url: text(commit.url),
    },
  ];
}

/** A tag, of which a push tells as well. `sha` is the tag's own object where it is annotated: then the push knows better. */
export const readCreate: GiteaReader = ({ source, body, receivedAt }) => {
  if (body.ref_type !== "tag") return { ignored: "only created tags are releases" };
  const tag = need(identifier(body.ref), body.ref, "ref", "the name of the tag");
  const when = named([], receivedAt);
  const sha = revision(body.sha);
  return [
    tagRelease({ source, repository: repositoryOf(body), tag }, when, {
      ...(sha && { revision: sha }),
      author: personOf(body.sender),
      at: when.asOf,
    }),
  ];
};
