import { sha } from "@/lib/projection/testing";

/** The history of acme/shop as GitHub's API answers it, in the members that GitHub publishes. */

export const repository = "acme/shop";
const user = (login: string) => ({ login, id: login.length, type: "User", site_admin: false });
export const ownRepository = { id: 7, full_name: repository, stargazers_count: 12 };
/** 2 November 2026 and the days after. */
const at = (day: number, time: string) => `2026-11-0${day}T${time}:00Z`;
const html = (path: string) => `https://github.com/${repository}/${path}`;

const commit = (name: string, day: number, parents: string[], message = name) => ({
  sha: sha(name),
  html_url: html(`commit/${sha(name)}`),
  commit: {
    author: { name: "Ana", email: "ana@example.com", date: at(day, "09:00") },
    committer: { name: "GitHub", email: "noreply@github.com", date: at(day, "09:30") },
    message,
  },
  author: user("ana"),
  committer: user("web-flow"),
  parents: parents.map((parent) => ({ sha: sha(parent), url: html(`commit/${sha(parent)}`) })),
});

const branchCommits = [commit("side-1", 3, ["one"]), commit("side-2", 3, ["side-1"])];
/** Newest first, as the API lists them. */
export const commits = [
  commit("four", 5, ["merge"], "four \u0000 with a NUL"),
  commit("merge", 4, ["two", "side-2"], "Merge pull request #2"),
  ...branchCommits.toReversed(),
  commit("two", 3, ["one"], "two (#1)"),
  commit("one", 2, []),
];

interface Given {
  number: number;
  day: number;
  state: "open" | "closed";
  merge?: string;
  head: string;
}

const pullRequest = ({ number, day, state, merge, head }: Given) => ({
  id: 1_000 + number,
  number,
  state,
  title: `Change ${number}`,
  user: user("ana"),
  labels: [{ id: 1, name: "feature" }],
  created_at: at(day, "10:00"),
  updated_at: at(day, "12:00"),
  closed_at: state === "closed" ? at(day, "12:00") : null,
  merged_at: merge ? at(day, "12:00") : null,
  merge_commit_sha: sha(merge ?? "test merge"),
  head: { ref: `branch-${number}`, sha: sha(head), repo: ownRepository, user: user("ana") },
  base: { ref: "main", sha: sha("one"), repo: ownRepository, user: user("acme") },
  html_url: html(`pull/${number}`),
});

export const listedPullRequests = [
  pullRequest({ number: 4, day: 5, state: "open", head: "open" }),
  pullRequest({ number: 2, day: 4, state: "closed", merge: "merge", head: "side-2" }),
  pullRequest({ number: 1, day: 3, state: "closed", merge: "two", head: "one-a" }),
  pullRequest({ number: 3, day: 2, state: "closed", head: "dropped" }),
];
/** Alone it says more than in a list. */
export const wholePullRequest = (listed: (typeof listedPullRequests)[number]) => ({
  ...listed,
  merged: listed.merged_at !== null,
  additions: 10 * listed.number,
  deletions: listed.number,
  changed_files: 1,
});

const review = (id: number, by: string, submitted_at: string | null) => ({
  id,
  user: user(by),
  state: submitted_at ? "APPROVED" : "PENDING",
  ...(submitted_at && { submitted_at }),
});
export const reviews: Record<number, ReturnType<typeof review>[]> = {
  2: [
    review(1, "ana", at(4, "10:10")),
    review(2, "bo", at(4, "10:30")),
    review(3, "cy", at(4, "11:00")),
    review(4, "bo", null),
  ],
};

const run = (id: number, attempt: number, conclusion: string, name: string, day: number) => ({
  id,
  name: "CI",
  run_attempt: attempt,
  head_branch: "main",
  head_sha: sha(name),
  event: "push",
  status: "completed",
  conclusion,
  created_at: at(day, "13:00"),
  run_started_at: at(day, attempt === 1 ? "13:00" : "13:30"),
  updated_at: at(day, attempt === 1 ? "13:10" : "13:40"),
  html_url: html(`actions/runs/${id}`),
  repository: ownRepository,
  head_repository: ownRepository,
});
const job = (id: number, of: ReturnType<typeof run>, name: string) => ({
  id,
  run_id: of.id,
  run_attempt: of.run_attempt,
  workflow_name: "CI",
  head_branch: of.head_branch,
  head_sha: of.head_sha,
  name,
  status: "completed",
  conclusion: of.conclusion,
  created_at: of.run_started_at,
  started_at: of.run_started_at,
  completed_at: of.updated_at,
  steps: [{ name: "Set up job", status: "completed", conclusion: "success", number: 1 }],
});
export const firstAttempt = run(102, 1, "failure", "merge", 4);
export const runs = [
  run(103, 1, "success", "four", 5),
  run(102, 2, "success", "merge", 4),
  run(101, 1, "success", "one", 2),
];
export const jobsOf = (of: ReturnType<typeof run>) =>
  ["lint", "test", "build"].map((name, index) =>
    job(of.id * 100 + of.run_attempt * 10 + index, of, name),
  );

const deployment = (id: number, name: string, day: number) => ({
  id,
  sha: sha(name),
  ref: "main",
  task: "deploy",
  payload: {},
  original_environment: "production",
  environment: "production",
  description: null,
  creator: user("ana"),
  created_at: at(day, "14:00"),
  updated_at: at(day, "14:05"),
  production_environment: true,
});
const status = (
  id: number,
  of: ReturnType<typeof deployment>,
  state: string,
  time: string,
  run: number | null,
) => ({
  id,
  state,
  environment: "production",
  creator: user("ana"),
  created_at: `${of.created_at.slice(0, 11)}${time}:00Z`,
  log_url: run ? html(`actions/runs/${run}/job/1`) : "",
  target_url: "",
});
export const deployments = [
  deployment(33, "four", 5),
  deployment(32, "merge", 4),
  deployment(31, "one", 2),
];
export const statusesOf = (of: ReturnType<typeof deployment>) => {
  const byRun = of.id === 32 ? 102 : null;
  const end = of.id === 33 ? "failure" : "success";
  // Newest first; when a later one is out, the older one is inactive.
  return [
    ...(of.id === 31 ? [status(3_109, of, "inactive", "23:00", null)] : []),
    status(of.id * 100 + 2, of, end, "14:05", byRun),
    status(of.id * 100 + 1, of, "in_progress", "14:01", byRun),
  ];
};

const release = (id: number, tag: string, published_at: string | null) => ({
  id,
  tag_name: tag,
  target_commitish: "main",
  name: `Release ${tag}`,
  draft: published_at === null,
  prerelease: false,
  created_at: at(2, "09:00"),
  published_at,
  author: user("ana"),
  html_url: html(`releases/tag/${tag}`),
});
export const releases = [
  release(3, "v3", null),
  release(2, "v2/β", at(5, "15:00")),
  release(1, "v1", at(2, "15:00")),
];

const answers: [pattern: RegExp, answer: (id: number, name: string) => unknown][] = [
  [/^$/, () => ({ ...ownRepository, default_branch: "main" })],
  [/^\/pulls$/, () => listedPullRequests],
  [
    /^\/pulls\/(\d+)$/,
    (id) => listedPullRequests.filter((one) => one.number === id).map(wholePullRequest)[0],
  ],
  [
    /^\/pulls\/(\d+)\/commits$/,
    (id) => (id === 2 ? branchCommits : [commit(`of ${id}`, 2, ["one"])]),
  ],
  [/^\/pulls\/(\d+)\/reviews$/, (id) => reviews[id] ?? []],
  [/^\/actions\/runs$/, () => ({ total_count: runs.length, workflow_runs: runs })],
  [/^\/actions\/runs\/(\d+)$/, (id) => runs.find((one) => one.id === id)],
  [/^\/actions\/runs\/102\/attempts\/1$/, () => firstAttempt],
  [
    /^\/actions\/runs\/(\d+)\/attempts\/(\d+)\/jobs$/,
    (id, attempt) => {
      const of = [firstAttempt, ...runs].find(
        (one) => one.id === id && one.run_attempt === Number(attempt),
      );
      return of && { total_count: 3, jobs: jobsOf(of) };
    },
  ],
  [/^\/deployments$/, () => deployments],
  [
    /^\/deployments\/(\d+)\/statuses$/,
    (id) => deployments.filter((one) => one.id === id).map(statusesOf)[0],
  ],
  [/^\/releases$/, () => releases],
  [
    /^\/git\/ref\/tags\/v1$/,
    () => ({ ref: "refs/tags/v1", object: { type: "tag", sha: sha("tag v1") } }),
  ],
  [
    /^\/git\/ref\/tags\/v2%2F%CE%B2$/,
    () => ({ ref: "refs/tags/v2/β", object: { type: "commit", sha: sha("four") } }),
  ],
  [/^\/git\/tags\//, () => ({ tag: "v1", object: { type: "commit", sha: sha("one") } })],
];

/** What the API answers below its address; undefined: it knows no such thing. */
export function answersOf(pathname: string, query: URLSearchParams): unknown {
  // The name is taken however it is cased, and answered as it is.
  const [, path] = /\/repos\/acme\/shop(\/.*)?$/i.exec(pathname) ?? [];
  if (!/\/repos\/acme\/shop(\/|$)/i.test(pathname)) return undefined;
  if (path === "/commits") {
    const since = query.get("since");
    return since ? commits.filter((one) => one.commit.committer.date >= since) : commits;
  }
  const one = /^\/commits\/([0-9a-f]{40})$/.exec(path ?? "")?.[1];
  if (one) {
    const found = commits.find((each) => each.sha === one);
    return found && { ...found, files: [{ filename: "apps/web/a.ts", patch: "@@ secret @@" }] };
  }
  for (const [pattern, answer] of answers) {
    const match = pattern.exec(path ?? "");
    if (match) return answer(Number(match[1]), match[2] ?? "");
  }
  return undefined;
}
