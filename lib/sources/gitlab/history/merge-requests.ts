import {
  below,
  bodyOf,
  changedSince,
  cut,
  itemsOf,
  perPage,
  personIn,
} from "@/lib/sources/gitlab/history/page";
import type { Asked, HistoryPhase } from "@/lib/sources/history";
import { type Payload, part } from "@/lib/sources/payload";

/** Each with its commits' dates and who looked at it, but for those that were closed unmerged. */
export const mergeRequests: HistoryPhase = {
  name: "merge_requests",
  title: "Merge requests",
  event: "api.merge_request",
  start: (asked) =>
    below(asked, `/merge_requests?state=all&scope=all&${changedSince(asked, "created_at")}`),
  readPage: (page, asked) => itemsOf(page, asked, { id: "iid", at: "updated_at", members }),
  tellsChange: true,
  itemsAtOnce: 10,
  inPart,
  async complete(listed, ask, asked) {
    const told = inPart(listed, asked);
    if (listed.state === "closed") return told;
    const path = below(asked, `/merge_requests/${listed.iid}`);
    const commits = await ask.every(`${path}/commits?${perPage}`);
    const notes = await ask.every(`${path}/notes?sort=asc&order_by=created_at&${perPage}`);
    return {
      ...told,
      ...(commits && { commits: commits.map((commit) => cut(part(commit), ["authored_date"])) }),
      ...(notes && { notes: notes.map((note) => noteIn(part(note))) }),
    };
  },
};

function inPart(listed: Payload, asked: Asked): Payload {
  return bodyOf(asked, { merge_request: { ...listed, author: personIn(listed.author) } });
}

const members = [
  "iid",
  "title",
  "state",
  "created_at",
  "updated_at",
  "merged_at",
  "closed_at",
  "source_branch",
  "target_branch",
  "author",
  "labels",
  "sha",
  "merge_commit_sha",
  "squash_commit_sha",
  "squash",
  "web_url",
];

/** GitLab's own notes say what was done; what people wrote stays where they wrote it. */
function noteIn(note: Payload): Payload {
  const kept = cut(note, ["id", "system", "created_at", ...(note.system === true ? ["body"] : [])]);
  return { ...kept, author: personIn(note.author) };
}
