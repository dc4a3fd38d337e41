import { below, bodyOf, cut, itemsOf, perPage } from "@/lib/sources/gitlab/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { part } from "@/lib/sources/payload";

/** Releases with their tags' commits. */
export const releases: HistoryPhase = {
  name: "releases",
  title: "Releases",
  event: "api.release",
  start: (asked) => below(asked, `/releases?order_by=released_at&sort=desc&${perPage}`),
  readPage: (page, asked) => itemsOf(page, asked, { id: "tag_name", at: "released_at", members }),
  tellsChange: true,
  itemsAtOnce: 100,
  complete: async (release, _ask, asked) =>
    bodyOf(asked, { release: { ...release, commit: cut(part(release.commit), ["id"]) } }),
};

const members = [
  "tag_name",
  "name",
  "created_at",
  "released_at",
  "upcoming_release",
  "commit",
  "_links",
];
