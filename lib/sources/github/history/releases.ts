import { below, bodyOf, itemsOf, perPage } from "@/lib/sources/github/history/page";
import type { Ask, Asked, HistoryPhase } from "@/lib/sources/history";
import { type Payload, part, revision } from "@/lib/sources/payload";

/** Published releases, each with its tag's commit: a release names a branch only. */
export const releases: HistoryPhase = {
  name: "releases",
  title: "Releases",
  event: "api.release",
  start: ({ subject }) => below(subject, `/releases?${perPage}`),
  // By the tagged commit's date, so that an older one may stand before a newer one.
  readPage: (page, asked) =>
    itemsOf(page, asked, { id: "id", at: "published_at", newestFirst: false }),
  tellsChange: true,
  itemsAtOnce: 20,
  inPart: (release, asked) => bodyOf(asked, { release }),
  async complete(release, ask, asked) {
    const tag = encodeURIComponent(String(release.tag_name));
    const sha = await commitOf(
      ask,
      asked,
      part(await ask.optional(below(asked.subject, `/git/ref/tags/${tag}`))),
    );
    return bodyOf(asked, { release, ...(sha && { commit: { sha } }) });
  },
};

/** A light tag is its commit; an annotated one is an object of its own that names it. */
async function commitOf(
  ask: Ask,
  { subject }: Pick<Asked, "subject">,
  tag: Payload,
): Promise<string | null> {
  const { type, sha } = part(tag.object);
  if (type === "tag" && typeof sha === "string")
    return commitOf(ask, { subject }, part(await ask.optional(below(subject, `/git/tags/${sha}`))));
  return type === "commit" ? revision(sha) : null;
}
