import { below, bodyOf, itemsOf, perPage } from "@/lib/sources/github/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { isPayload, list, type Payload, part } from "@/lib/sources/payload";

/** The commits of the default branch. A list has no paths: those are asked for where rules go by them. */
export const commits: HistoryPhase = {
  name: "commits",
  title: "Commits",
  event: "api.commit",
  start({ subject, details, since }) {
    const query = new URLSearchParams({ sha: details.branch ?? "HEAD" });
    if (since) query.set("since", since.toISOString());
    return below(subject, `/commits?${query}&${perPage}`);
  },
  // The API leaves out what is older itself, by the committer's date.
  readPage: (page) => itemsOf(page, { since: null }, { id: "sha", at: "", newestFirst: false }),
  tellsChange: true,
  itemsAtOnce: 100,
  inPart: (commit, asked) => bodyOf(asked, { commit }),
  async complete(commit, ask, asked) {
    const isMerge = list(commit.parents).length > 1;
    if (!asked.wantsPaths || isMerge) return bodyOf(asked, { commit });
    const whole = await ask.optional(below(asked.subject, `/commits/${commit.sha}`));
    const files = isPayload(whole) && Array.isArray(whole.files) ? whole.files.map(named) : null;
    return bodyOf(asked, { commit: { ...commit, ...(files && { files }) } });
  },
};

/** What it is called: what stands in it is nobody's business here. */
function named(file: unknown): Payload {
  const { filename, previous_filename } = part(file);
  return { filename, previous_filename };
}
