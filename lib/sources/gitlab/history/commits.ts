import { below, bodyOf, itemsOf, perPage } from "@/lib/sources/gitlab/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { list, part, text } from "@/lib/sources/payload";

/** The commits of the default branch. A list has no paths: those are asked for where rules go by them. */
export const commits: HistoryPhase = {
  name: "commits",
  title: "Commits",
  event: "api.commit",
  start(asked) {
    const query = new URLSearchParams();
    if (asked.details.branch) query.set("ref_name", asked.details.branch);
    if (asked.since) query.set("since", asked.since.toISOString());
    return below(asked, `/repository/commits?${query}&${perPage}`);
  },
  // The API leaves out what is older itself, by the committer's date.
  readPage: (page) => itemsOf(page, { since: null }, { id: "id", at: "", members }),
  tellsChange: true,
  itemsAtOnce: 100,
  inPart: (commit, asked) => bodyOf(asked, { commit }),
  async complete(commit, ask, asked) {
    const isMerge = list(commit.parent_ids).length > 1;
    const path = below(asked, `/repository/commits/${commit.id}/diff?${perPage}`);
    const diff = asked.wantsPaths && !isMerge ? await ask.every(path) : null;
    return bodyOf(asked, { commit, ...(diff && { paths: diff.flatMap(pathsOf) }) });
  },
};

const members = [
  "id",
  "parent_ids",
  "authored_date",
  "committed_date",
  "author_name",
  "message",
  "web_url",
];

/** What it is called, before and after: what stands in it is nobody's business here. */
function pathsOf(file: unknown): string[] {
  const { old_path, new_path } = part(file);
  return [text(old_path), text(new_path)].flatMap((path) => path ?? []);
}
