import { itemsPerPage, type TestProvider } from "@/lib/backfill/testing-api";
import { sha } from "@/lib/projection/testing";

/** The history of ACME/shop as Bitbucket Data Center's API answers it, in the members that it publishes. */

export const repository = "acme/shop";
const web = "https://bitbucket.example.com/projects/ACME/repos/shop";
const user = (id: number, name: string) => ({
  ...{ id, name, slug: name, displayName: name, active: true, type: "NORMAL" },
  emailAddress: `${name}@example.com`,
});
export const ana = user(7, "ana");
export const bo = user(8, "bo");
/** 2 November 2026 and the days after, in milliseconds. */
export const at = (day: number, time: string) => Date.parse(`2026-11-0${day}T${time}:00Z`);

export const ownRepository = {
  ...{ id: 5, slug: "shop", name: "Shop", hierarchyId: "abc" },
  project: { id: 2, key: "ACME", name: "Acme", type: "NORMAL" },
};
const commit = (name: string, day: number, parents: string[]) => ({
  id: sha(name),
  displayId: sha(name).slice(0, 11),
  author: { name: "ana", emailAddress: "ana@example.com" },
  authorTimestamp: at(day, "09:00"),
  committer: { name: "ana", emailAddress: "ana@example.com" },
  committerTimestamp: at(day, "09:30"),
  message: name,
  parents: parents.map((parent) => ({ id: sha(parent), displayId: sha(parent).slice(0, 11) })),
});
export const commits = [
  commit("merge", 4, ["one", "side"]),
  commit("side", 3, ["one"]),
  commit("one", 2, []),
];

const request = (id: number, state: string, day: number) => ({
  ...{ id, version: 3, title: `Change ${id}`, description: "what only its readers need", state },
  ...{ open: state === "OPEN", closed: state !== "OPEN", locked: false },
  createdDate: at(day, "10:00"),
  // The merged one was talked about later.
  updatedDate: at(day, state === "MERGED" ? "18:00" : "12:00"),
  ...(state !== "OPEN" && { closedDate: at(day, "12:00") }),
  fromRef: {
    ...{ id: `refs/heads/branch-${id}`, displayId: `branch-${id}`, latestCommit: sha("side") },
    repository: ownRepository,
  },
  toRef: {
    ...{ id: "refs/heads/main", displayId: "main", latestCommit: sha("one") },
    repository: ownRepository,
  },
  author: { user: ana, role: "AUTHOR", approved: false, status: "UNAPPROVED" },
  reviewers: [],
  links: { self: [{ href: `${web}/pull-requests/${id}` }] },
});
export const requests = [request(3, "OPEN", 5), request(2, "MERGED", 4), request(1, "DECLINED", 3)];
export const approvedAt = at(4, "11:00");
const comment = (id: number, author: object, createdDate: number, text: string) => ({
  ...{ id, action: "COMMENTED", commentAction: "ADDED", createdDate, user: author },
  comment: { id, text, author, createdDate },
});
const activities = [
  { id: 9, createdDate: at(4, "12:00"), user: bo, action: "MERGED", commit: { id: sha("merge") } },
  comment(8, bo, at(4, "11:30"), "a secret remark"),
  { id: 7, createdDate: approvedAt, user: bo, action: "APPROVED" },
  comment(6, ana, at(4, "10:10"), "mine"),
  { id: 5, createdDate: at(4, "10:00"), user: ana, action: "OPENED" },
];

const answers: [pattern: RegExp, answer: (id: string) => unknown][] = [
  [/^$/, () => ownRepository],
  [/^\/commits$/, () => commits],
  [
    /^\/commits\/[0-9a-f]{40}\/changes$/,
    () => [
      { path: { toString: "apps/b.ts", name: "b.ts" }, srcPath: { toString: "apps/a.ts" } },
      { path: { toString: "apps/c.ts" }, type: "MODIFY" },
    ],
  ],
  [/^\/pull-requests$/, () => requests],
  [/^\/pull-requests\/(\d+)\/commits$/, () => commits.slice(1, 2)],
  [/^\/pull-requests\/(\d+)\/activities$/, (id) => (id === "2" ? activities : [])],
];

/** Its REST API: the body of a page says where the next one starts. */
export const testBitbucketServer: TestProvider = {
  provider: "bitbucket-server",
  subject: "ACME/shop",
  path: "/bitbucket",
  serve({ url: { pathname, searchParams } }) {
    const [, path] = /\/rest\/api\/1\.0\/projects\/ACME\/repos\/shop(.*)$/.exec(pathname) ?? [];
    for (const [pattern, answer] of answers) {
      const match = pattern.exec(path ?? "none");
      const found = match && answer(match[1] ?? "");
      if (!found) continue;
      if (!Array.isArray(found)) return { json: found };
      const start = Number(searchParams.get("start") ?? 0);
      const values = found.slice(start, start + itemsPerPage);
      const isLastPage = start + itemsPerPage >= found.length;
      const nextPageStart = isLastPage ? null : start + itemsPerPage;
      const size = values.length;
      return { json: { size, limit: 100, isLastPage, values, start, nextPageStart } };
    }
    return undefined;
  },
};
