import { below, bodyOf, itemsOf, personIn } from "@/lib/sources/bitbucket-server/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { isPayload, list, type Payload, part } from "@/lib/sources/payload";

/** Each with its commits' dates and what was done to it, but for those that were declined. */
export const pullRequests: HistoryPhase = {
  name: "pull_requests",
  title: "Pull requests",
  event: "api.pull_request",
  start: (asked) => below(asked, "/pull-requests?state=ALL&order=NEWEST&limit=50"),
  readPage: (page, asked) => itemsOf(page, asked, { at: "updatedDate", cut }),
  tellsChange: true,
  itemsAtOnce: 10,
  inPart: (pullRequest, asked) => bodyOf(asked, { pullRequest }),
  async complete(pullRequest, ask, asked) {
    if (pullRequest.state === "DECLINED") return bodyOf(asked, { pullRequest });
    const path = below(asked, `/pull-requests/${pullRequest.id}`);
    const commits = await ask.every(`${path}/commits?limit=100`);
    const activities = await ask.every(`${path}/activities?limit=100`);
    return bodyOf(asked, {
      pullRequest,
      ...(commits && { commits: commits.map(datesOf) }),
      ...(activities && { activities: activities.map(deedIn) }),
    });
  },
};

function cut(request: Payload): Payload {
  const { id, title, state, createdDate, updatedDate, closedDate } = request;
  const { mergeCommit } = part(request.properties);
  return {
    ...{ id, title, state, createdDate, updatedDate, closedDate },
    author: { user: personIn(part(request.author).user) },
    fromRef: endOf(request.fromRef),
    toRef: endOf(request.toRef),
    ...(isPayload(mergeCommit) && { properties: { mergeCommit: { id: mergeCommit.id } } }),
    links: { self: [{ href: part(list(part(request.links).self)[0]).href }] },
  };
}

function endOf(value: unknown): Payload {
  const { displayId, latestCommit, repository } = part(value);
  const { slug, project } = part(repository);
  return { displayId, latestCommit, repository: { slug, project: { key: part(project).key } } };
}

function datesOf(commit: unknown): Payload {
  return { authorTimestamp: part(commit).authorTimestamp };
}

/** Who did it and when; what people wrote stays where they wrote it. */
function deedIn(given: unknown): Payload {
  const { action, createdDate, user, comment, commit } = part(given);
  return {
    ...{ action, createdDate, user: personIn(user) },
    ...(isPayload(comment) && {
      comment: { id: comment.id, createdDate: comment.createdDate },
    }),
    ...(isPayload(commit) && { commit: { id: commit.id } }),
  };
}
