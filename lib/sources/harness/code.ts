import { pullRequestKey } from "@/lib/facts/keys";
import type { Statement } from "@/lib/facts/types";
import { oldestFirst, pushStatements } from "@/lib/sources/branch-push";
import { readRef } from "@/lib/sources/git-ref";
import { eventNameOf, type HarnessDelivery } from "@/lib/sources/harness/delivery";
import { count, list, name, need, type Payload, part, revision, text } from "@/lib/sources/payload";
import { tagRelease } from "@/lib/sources/tag-release";
import { named, toTime } from "@/lib/sources/time";
import { touchedPaths } from "@/lib/sources/touched-paths";

/** Repository webhooks of Harness Code (gitness): pull requests, branches and tags. */

export function readPullRequest(delivery: HarnessDelivery): Statement[] {
  const { body, receivedAt } = delivery;
  const request = part(body.pull_req);
  const repository = repositoryOf(body);
  const number = need(count(request.number), request.number, "pull_req.number", "a number");
  const event = eventNameOf(body);
  const sha = revision(body.sha);
  const isMerged = event === "pullreq_merged";
  const when = named([isMerged ? commitTime(body, sha) : null], receivedAt);
  return [
    {
      noun: "pull_request",
      key: pullRequestKey(repository, number),
      ...when,
      members: {
        repository,
        number,
        title: text(request.title, 1000),
        branch: name(request.source_branch),
        baseBranch: name(request.target_branch),
        author: personOf(request.author),
        url: text(request.pr_url),
        ...(isMerged
          ? { mergeRevision: sha, mergedAt: when.asOf, closedAt: when.asOf }
          : { headRevision: sha }),
        ...(event === "pullreq_created" && { openedAt: when.asOf }),
        ...(event === "pullreq_closed" && { closedAt: when.asOf }),
        ...(event === "pullreq_reopened" && { closedAt: null }),
      },
    },
  ];
}

/** A tag is a release; an annotated one has an object of its own, so the commit is its revision. */
export function readTag(delivery: HarnessDelivery): Statement[] {
  const { source, body, receivedAt } = delivery;
  const repository = repositoryOf(body);
  const given = part(body.ref).name;
  const tag = need(name(readRef(name(given) ?? "")?.name), given, "ref.name", "a tag's full ref");
  const when = named([], receivedAt);
  return [
    tagRelease({ source, repository, tag }, when, {
      revision: revision(part(body.commit).sha) ?? revision(body.sha),
      author: personOf(body.principal),
      at: when.asOf,
    }),
  ];
}

export function readBranch(delivery: HarnessDelivery): Statement[] {
  const { body, receivedAt } = delivery;
  const repository = repositoryOf(body);
  const given = part(body.ref).name;
  const branch = need(
    name(readRef(name(given) ?? "")?.name),
    given,
    "ref.name",
    "a branch's full ref",
  );
  const after = need(revision(body.sha), body.sha, "sha", "a revision");
  const several = list(body.commits);
  const listed = several.length > 0 ? several : [body.head_commit ?? body.commit];
  const commits = oldestFirst(listed.flatMap(commitOf), after);
  const total = count(body.total_commits_count);
  return pushStatements(
    {
      repository,
      branch,
      before: revision(body.old_sha),
      after,
      forced: body.forced === true,
      complete: total !== null && total <= commits.length,
      commits,
    },
    named([commitTime(body, after)], receivedAt),
  );
}

function commitOf(given: unknown) {
  const commit = part(given);
  const sha = revision(commit.sha);
  if (sha === null) return [];
  const [authoredAt, committedAt] = [commit.author, commit.committer].map((person) =>
    toTime(part(person).when),
  );
  return [
    {
      revision: sha,
      ...(authoredAt && { authoredAt }),
      ...(committedAt && { committedAt }),
      author: personOf(part(commit.author).identity),
      message: text(commit.message, 65_536),
      paths: touchedPaths(commit),
    },
  ];
}

/** When the commit of that revision was made; the events themselves have no time. */
function commitTime(body: Payload, sha: string | null) {
  const commit = [body.commit, body.head_commit].map(part).find((each) => each.sha === sha);
  return sha ? toTime(part(commit?.committer).when) : null;
}

function repositoryOf(body: Payload): string {
  const { path } = part(body.repo);
  return need(name(path), path, "repo.path", "the repository's path");
}

function personOf(value: unknown): string | null {
  const person = part(value);
  return name(person.display_name) ?? name(person.name) ?? name(person.uid);
}
