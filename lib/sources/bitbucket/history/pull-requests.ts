import { addressIn, below, bodyOf, itemsOf, personIn } from "@/lib/sources/bitbucket/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { isPayload, type Payload, part } from "@/lib/sources/payload";

const states = ["OPEN", "MERGED", "DECLINED", "SUPERSEDED"].map((state) => `state=${state}`);

/** Each with its commits' dates and what was done to it, but for those that were closed unmerged. */
export const pullRequests: HistoryPhase = {
  name: "pull_requests",
  title: "Pull requests",
  event: "api.pull_request",
  start: ({ subject }) =>
    below(subject, `/pullrequests?${states.join("&")}&sort=-created_on&pagelen=50`),
  // By creation, and to the list's end: by update a row that changes meanwhile slips past.
  readPage: (page, asked) => ({
    ...itemsOf(page, asked, { id: "id", at: ({ updated_on }) => updated_on, cut }),
    ended: false,
  }),
  tellsChange: true,
  itemsAtOnce: 10,
  inPart: (pullrequest, asked) => bodyOf(asked, { pullrequest }),
  async complete(pullrequest, ask, asked) {
    if (["DECLINED", "SUPERSEDED"].includes(String(pullrequest.state)))
      return bodyOf(asked, { pullrequest });
    const path = below(asked.subject, `/pullrequests/${pullrequest.id}`);
    const commits = await ask.every(`${path}/commits?pagelen=100`);
    const activity = await ask.every(`${path}/activity?pagelen=50`);
    return bodyOf(asked, {
      pullrequest,
      ...(commits && { commits: commits.map((commit) => ({ date: part(commit).date })) }),
      ...(activity && { activity: activity.map((one) => deedIn(part(one))) }),
    });
  },
};

function cut(request: Payload): Payload {
  const { id, title, state, created_on, updated_on, author } = request;
  const end = (value: unknown) => ({
    branch: { name: part(part(value).branch).name },
    commit: { hash: part(part(value).commit).hash },
  });
  return {
    ...{ id, title, state, created_on, updated_on, author: personIn(author) },
    source: end(request.source),
    destination: end(request.destination),
    merge_commit: isPayload(request.merge_commit) ? { hash: request.merge_commit.hash } : null,
    links: addressIn(request),
  };
}

/** Who did it and when; what people wrote stays where they wrote it. */
function deedIn(deed: Payload): Payload {
  const kept = (value: unknown, name: string) => {
    if (!isPayload(value)) return {};
    const { id, date, created_on, state, user } = value;
    return { [name]: { id, date, created_on, state, user: personIn(user) } };
  };
  return {
    ...kept(deed.approval, "approval"),
    ...kept(deed.changes_requested, "changes_requested"),
    ...kept(deed.comment, "comment"),
    ...kept(deed.update, "update"),
  };
}
