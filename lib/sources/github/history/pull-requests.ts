import { below, bodyOf, itemsOf, perPage } from "@/lib/sources/github/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { isPayload } from "@/lib/sources/payload";

/** Each with its size, its first commits and its reviews, but for those that were closed unmerged. */
export const pullRequests: HistoryPhase = {
  name: "pull_requests",
  title: "Pull requests",
  event: "api.pull_request",
  // By creation, and to the list's end: by update a row that changes meanwhile slips past.
  start: ({ subject }) => below(subject, `/pulls?state=all&sort=created&direction=desc&${perPage}`),
  readPage: (page, asked) =>
    itemsOf(page, asked, { id: "number", at: "updated_at", newestFirst: false }),
  tellsChange: true,
  itemsAtOnce: 10,
  inPart: (pull_request, asked) => bodyOf(asked, { pull_request }),
  async complete(listed, ask, asked) {
    const wasDropped = listed.state === "closed" && !listed.merged_at;
    if (wasDropped) return bodyOf(asked, { pull_request: listed });
    const path = below(asked.subject, `/pulls/${listed.number}`);
    const whole = await ask.optional(path);
    const commits = await ask.every(`${path}/commits?${perPage}`);
    const reviews = await ask.every(`${path}/reviews?${perPage}`);
    return bodyOf(asked, {
      pull_request: isPayload(whole) ? whole : listed,
      ...(commits && { commits }),
      ...(reviews && { reviews }),
    });
  },
};
