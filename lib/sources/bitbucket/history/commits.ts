import { addressIn, below, bodyOf, itemsOf, personIn } from "@/lib/sources/bitbucket/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { list, type Payload, part, text } from "@/lib/sources/payload";

/** The commits of the main branch. A list has no paths: those are asked for where rules go by them. */
export const commits: HistoryPhase = {
  name: "commits",
  title: "Commits",
  event: "api.commit",
  start: ({ subject, details }) =>
    below(subject, `/commits/${encodeURIComponent(details.branch ?? "")}?pagelen=100`),
  readPage: (page, asked) => ({
    // A wrong clock dates a commit before its parents: one that is older ends nothing.
    ...itemsOf(page, asked, { id: "hash", at: ({ date }) => date, cut }),
    ended: false,
  }),
  tellsChange: true,
  itemsAtOnce: 100,
  inPart: (commit, asked) => bodyOf(asked, { commit }),
  async complete(commit, ask, asked) {
    const isMerge = list(commit.parents).length > 1;
    const path = below(asked.subject, `/diffstat/${commit.hash}?pagelen=500`);
    const files = asked.wantsPaths && !isMerge ? await ask.every(path) : null;
    return bodyOf(asked, { commit, ...(files && { paths: files.flatMap(pathsOf) }) });
  },
};

function cut(commit: Payload): Payload {
  const { hash, date, message, author, parents } = commit;
  return {
    ...{ hash, date, message, author: personIn(author), links: addressIn(commit) },
    parents: list(parents).map((parent) => ({ hash: part(parent).hash })),
  };
}

function pathsOf(file: unknown): string[] {
  const { old, new: now } = part(file);
  return [text(part(old).path), text(part(now).path)].flatMap((path) => path ?? []);
}
