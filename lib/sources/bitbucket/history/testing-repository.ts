import { itemsPerPage, type TestProvider } from "@/lib/backfill/testing-api";
import { sha } from "@/lib/projection/testing";

/** The history of acme/shop as Bitbucket's API answers it, in the members that Bitbucket publishes. */

export const repository = "acme/shop";
const html = (path: string) => ({ html: { href: `https://bitbucket.org/${repository}/${path}` } });
const person = (nickname: string) => ({
  uuid: `{${nickname}}`,
  account_id: nickname,
  nickname,
  display_name: nickname,
  links: { avatar: { href: `https://bitbucket.org/avatar/${nickname}` } },
});
const ana = person("ana");
export const bo = person("bo");
/** 2 November 2026 and the days after. */
export const at = (day: number, time: string) => `2026-11-0${day}T${time}:00+00:00`;

const commit = (name: string, day: number, parents: string[], message = name) => ({
  type: "commit",
  hash: sha(name),
  date: at(day, "09:00"),
  message,
  author: { raw: "Ana <ana@example.com>", user: ana },
  parents: parents.map((parent) => ({ type: "commit", hash: sha(parent) })),
  links: html(`commits/${sha(name)}`),
});
export const commits = [
  {
    ...commit("merge", 4, ["one", "side"], "Merged in branch-2 (pull request #2)\n\nChange 2"),
    date: at(4, "12:00"),
  },
  commit("side", 3, ["one"]),
  commit("one", 2, []),
];

const request = (id: number, state: string, day: number) => ({
  type: "pullrequest",
  id,
  title: `Change ${id}`,
  state,
  created_on: at(day, "10:00"),
  // The merged one was talked about later.
  updated_on: at(day, state === "MERGED" ? "18:00" : "12:00"),
  author: ana,
  source: { branch: { name: `branch-${id}` }, commit: { hash: sha("side").slice(0, 12) } },
  destination: { branch: { name: "main" }, commit: { hash: sha("one").slice(0, 12) } },
  merge_commit: state === "MERGED" ? { hash: sha("merge").slice(0, 12) } : null,
  links: html(`pull-requests/${id}`),
});
export const requests = [request(3, "OPEN", 5), request(2, "MERGED", 4), request(1, "DECLINED", 3)];
export const approval = { date: at(4, "11:00"), user: bo };
const activity = [
  { update: { state: "MERGED", date: at(4, "12:00"), author: bo } },
  { comment: { id: 7, created_on: at(4, "11:30"), user: bo, content: { raw: "a secret remark" } } },
  { approval },
  { comment: { id: 6, created_on: at(4, "10:10"), user: ana, content: { raw: "mine" } } },
  { update: { state: "OPEN", date: at(4, "10:00"), author: ana } },
];

const pipeline = (build_number: number, name: string, result: string, day: number) => ({
  type: "pipeline",
  uuid: `{pipeline-${build_number}}`,
  build_number,
  created_on: at(day, "13:00"),
  completed_on: at(day, "13:20"),
  state: { name: "COMPLETED", type: "x", result: { name: result, type: "y" } },
  target: { ref_type: "branch", ref_name: "main", commit: { hash: sha(name), links: {} } },
  creator: ana,
});
export const pipelines = [pipeline(4, "merge", "SUCCESSFUL", 4), pipeline(3, "one", "FAILED", 2)];
const stepsOf = ({ created_on, completed_on, state }: (typeof pipelines)[number]) =>
  ["Test", "Deploy"].map((name, index) => ({
    uuid: `{${name}}`,
    name,
    started_on: created_on.replace("13:00", `13:0${index + 1}`),
    completed_on,
    state,
  }));

const deployments = [
  {
    type: "deployment",
    uuid: "{deployment-1}",
    environment: { uuid: "{environment-1}" },
    release: {
      name: "#4",
      created_on: at(4, "13:02"),
      url: "https://bitbucket.org/acme/shop/addon/pipelines/home#!/results/4",
      commit: { hash: sha("merge") },
    },
    state: {
      name: "COMPLETED",
      status: { name: "SUCCESSFUL" },
      started_on: at(4, "13:02"),
      completed_on: at(4, "13:20"),
    },
  },
];

const answers: [pattern: RegExp, answer: (id: string) => unknown][] = [
  [/^$/, () => ({ full_name: repository, mainbranch: { type: "branch", name: "main" } })],
  [/^\/environments$/, () => [{ uuid: "{environment-1}", name: "Production" }]],
  [/^\/commits\/main$/, () => commits],
  [
    /^\/diffstat\/[0-9a-f]{40}$/,
    () => [{ old: { path: "apps/a.ts" }, new: { path: "apps/b.ts" } }, { new: null }],
  ],
  [/^\/pullrequests$/, () => requests],
  [/^\/pullrequests\/(\d+)\/commits$/, () => commits.slice(1, 2)],
  [/^\/pullrequests\/(\d+)\/activity$/, (id) => (id === "2" ? activity : [])],
  [/^\/pipelines$/, () => pipelines],
  [
    /^\/pipelines\/(.+)\/steps$/,
    (id) => pipelines.filter(({ uuid }) => uuid === decodeURIComponent(id)).map(stepsOf)[0],
  ],
  [/^\/deployments$/, () => deployments],
];

/** Bitbucket's REST API: the body of a page names the next one in full. */
export const testBitbucket: TestProvider = {
  provider: "bitbucket",
  subject: repository,
  path: "/2.0",
  serve({ url: { pathname, search, searchParams }, api }) {
    const [, path] = /^\/repositories\/acme\/shop(.*)$/.exec(pathname) ?? [];
    for (const [pattern, answer] of answers) {
      const match = pattern.exec(path ?? "none");
      const found = match && answer(match[1] ?? "");
      if (!found) continue;
      if (!Array.isArray(found)) return { json: found };
      const page = Number(searchParams.get("page") ?? 1);
      const values = found.slice((page - 1) * itemsPerPage, page * itemsPerPage);
      const query = new URLSearchParams(search);
      query.set("page", String(page + 1));
      const hasMore = found.length > page * itemsPerPage;
      return {
        json: {
          values,
          page,
          pagelen: 100,
          ...(hasMore && { next: `${api}${pathname}?${query}` }),
        },
      };
    }
    return undefined;
  },
};
