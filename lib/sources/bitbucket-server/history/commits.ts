import { below, bodyOf, itemsOf, personIn } from "@/lib/sources/bitbucket-server/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { list, type Payload, part, text } from "@/lib/sources/payload";

/** The commits of the default branch. A list has no paths: those are asked for where rules go by them. */
export const commits: HistoryPhase = {
  name: "commits",
  title: "Commits",
  event: "api.commit",
  start: (asked) => below(asked, "/commits?limit=100"),
  readPage: (page, asked) => itemsOf(page, asked, { at: "committerTimestamp", cut }),
  tellsChange: true,
  itemsAtOnce: 100,
  inPart: (commit, asked) => bodyOf(asked, { commit }),
  async complete(commit, ask, asked) {
    const isMerge = list(commit.parents).length > 1;
    const path = below(asked, `/commits/${commit.id}/changes?limit=1000`);
    const files = asked.wantsPaths && !isMerge ? await ask.every(path) : null;
    return bodyOf(asked, { commit, ...(files && { paths: files.flatMap(pathsOf) }) });
  },
};

function cut(commit: Payload): Payload {
  const { id, authorTimestamp, committerTimestamp, message, author, parents } = commit;
  return {
    ...{ id, authorTimestamp, committerTimestamp, message, author: personIn(author) },
    parents: list(parents).map((parent) => ({ id: part(parent).id })),
  };
}

/** What it is called, before and after. */
function pathsOf(file: unknown): string[] {
  const { path, srcPath } = part(file);
  return [path, srcPath].flatMap((one) => text(part(one).toString) ?? []);
}
