import { itemsPerPage, linksOf, type TestProvider } from "@/lib/backfill/testing-api";
import { sha } from "@/lib/projection/testing";

/** The history of acme/shop/web as GitLab's API answers it, in the members that GitLab publishes. */

export const project = "acme/shop/web";
const web = `https://gitlab.example.com/${project}`;
const person = (id: number, username: string) => ({
  id,
  username,
  name: username,
  state: "active",
  avatar_url: `https://gitlab.example.com/uploads/${username}.png`,
});
export const ana = person(7, "ana");
export const bo = person(8, "bo");
/** 2 November 2026 and the days after. */
export const at = (day: number, time: string) => `2026-11-0${day}T${time}:00.000Z`;

const commit = (name: string, day: number, parents: string[]) => ({
  id: sha(name),
  short_id: sha(name).slice(0, 8),
  title: name,
  message: `${name}\n`,
  author_name: "Ana",
  author_email: "ana@example.com",
  authored_date: at(day, "09:00"),
  committed_date: at(day, "09:30"),
  created_at: at(day, "09:30"),
  parent_ids: parents.map(sha),
  web_url: `${web}/-/commit/${sha(name)}`,
});
export const commits = [
  commit("merge", 4, ["one", "side"]),
  commit("side", 3, ["one"]),
  commit("one", 2, []),
];

const request = (iid: number, state: string, day: number, merge: string | null) => ({
  id: 900 + iid,
  iid,
  project_id: 42,
  title: `Change ${iid}`,
  description: "what only its readers need to know",
  state,
  created_at: at(day, "10:00"),
  updated_at: at(day, "12:00"),
  merged_at: merge && at(day, "12:00"),
  closed_at: state === "closed" ? at(day, "11:00") : null,
  source_branch: `branch-${iid}`,
  target_branch: "main",
  author: ana,
  labels: ["feature"],
  sha: sha("side"),
  merge_commit_sha: merge && sha(merge),
  squash_commit_sha: null,
  squash: false,
  user_notes_count: 3,
  web_url: `${web}/-/merge_requests/${iid}`,
});
export const requests = [
  request(3, "opened", 5, null),
  request(2, "merged", 4, "merge"),
  request(1, "closed", 3, null),
];
export const approvedAt = at(4, "11:30");
const notes = [
  { id: 1, body: "assigned to @ana", author: ana, system: true, created_at: at(4, "10:00") },
  { id: 2, body: "my own thoughts", author: ana, system: false, created_at: at(4, "10:10") },
  { id: 3, body: "a secret remark", author: bo, system: false, created_at: at(4, "10:40") },
  { id: 4, body: "approved this merge request", author: bo, system: true, created_at: approvedAt },
];

const listedPipeline = (id: number, name: string, status: string, day: number) => ({
  id,
  iid: id - 500,
  project_id: 42,
  name: null,
  sha: sha(name),
  ref: "main",
  status,
  source: "push",
  created_at: at(day, "13:00"),
  updated_at: at(day, "13:20"),
  web_url: `${web}/-/pipelines/${id}`,
});
export const pipelines = [
  listedPipeline(502, "merge", "success", 4),
  listedPipeline(501, "one", "failed", 2),
];
export const wholePipeline = (listed: (typeof pipelines)[number]) => ({
  ...listed,
  tag: false,
  user: ana,
  started_at: `${listed.created_at.slice(0, 11)}13:01:00.000Z`,
  finished_at: listed.updated_at,
  duration: 1_140,
  queued_duration: 60,
});
export const jobsOf = ({ id, status, created_at }: (typeof pipelines)[number]) =>
  ["build", "test", "deploy"].map((name, index) => ({
    id: id * 10 + index,
    name,
    stage: name,
    status,
    allow_failure: false,
    created_at,
    started_at: `${created_at.slice(0, 11)}13:0${index + 1}:00.000Z`,
    finished_at: `${created_at.slice(0, 11)}13:1${index + 1}:00.000Z`,
    ref: "main",
    tag: false,
    user: ana,
    web_url: `${web}/-/jobs/${id * 10 + index}`,
  }));

/** Two by jobs, and one that a script told GitLab of. */
export const deployments = [
  {
    id: 33,
    iid: 3,
    ref: "main",
    sha: sha("merge"),
    status: "success",
    created_at: at(5, "14:00"),
    updated_at: at(5, "14:05"),
    user: bo,
    environment: { id: 2, name: "staging", external_url: null },
    deployable: null,
  },
  ...pipelines.map((pipeline, index) => {
    const [, , job] = jobsOf(pipeline);
    return {
      id: 32 - index,
      iid: 2 - index,
      ref: "main",
      sha: pipeline.sha,
      status: pipeline.status,
      created_at: pipeline.created_at,
      updated_at: job?.finished_at ?? "",
      user: ana,
      environment: { id: 1, name: "production", external_url: "https://shop.example.com" },
      deployable: job ? { ...job, pipeline: { id: pipeline.id } } : null,
    };
  }),
];

export const releases = [
  {
    tag_name: "v1/β",
    name: "Release 1",
    description: "notes",
    created_at: at(2, "15:00"),
    released_at: at(2, "15:00"),
    upcoming_release: false,
    author: ana,
    commit: { id: sha("one"), title: "one" },
    _links: { self: `${web}/-/releases/v1` },
  },
];

const answers: [pattern: RegExp, answer: (id: number) => unknown][] = [
  [/^$/, () => ({ id: 42, path_with_namespace: project, default_branch: "main", web_url: web })],
  [/^\/repository\/commits$/, () => commits],
  [
    /^\/repository\/commits\/[0-9a-f]{40}\/diff$/,
    () => [{ old_path: "apps/a.ts", new_path: "apps/b.ts", diff: "@@ secret @@" }],
  ],
  [/^\/merge_requests$/, () => requests],
  [/^\/merge_requests\/(\d+)\/commits$/, () => commits.slice(1)],
  [/^\/merge_requests\/(\d+)\/notes$/, (id) => (id === 2 ? notes : [])],
  [/^\/pipelines$/, () => pipelines],
  [/^\/pipelines\/(\d+)$/, (id) => pipelines.filter((one) => one.id === id).map(wholePipeline)[0]],
  [/^\/pipelines\/(\d+)\/jobs$/, (id) => pipelines.filter((one) => one.id === id).map(jobsOf)[0]],
  [/^\/deployments$/, () => deployments],
  [/^\/releases$/, () => releases],
];

/** GitLab's REST API, in small pages with Link headers. */
export const testGitlab: TestProvider = {
  provider: "gitlab",
  subject: project,
  path: "/api/v4",
  serve(asked) {
    const { pathname, searchParams } = asked.url;
    const path = pathname.replace(/^\/projects\/(42|acme%2Fshop%2Fweb)(?=\/|$)/, "");
    if (path === pathname) return undefined;
    for (const [pattern, answer] of answers) {
      const match = pattern.exec(path);
      const found = match && answer(Number(match[1]));
      if (!Array.isArray(found)) {
        if (found) return { json: found };
        continue;
      }
      const since = searchParams.get("updated_after") ?? "";
      const items = found.filter((item) => (item.updated_at ?? "9") >= since);
      const page = Number(searchParams.get("page") ?? 1);
      const pages = Math.max(1, Math.ceil(items.length / itemsPerPage));
      const json = items.slice((page - 1) * itemsPerPage, page * itemsPerPage);
      return { json, headers: linksOf(asked, page, pages) };
    }
    return undefined;
  },
};
