import {
  commits,
  deployments,
  firstAttempt,
  jobsOf,
  listedPullRequests,
  ownRepository,
  releases,
  reviews,
  runs,
  statusesOf,
  wholePullRequest,
} from "@/lib/backfill/testing-shop";
import { github, type Posted } from "@/lib/projection/testing";

const hook = (event: string, moment: string, body: object): Posted => ({
  ...github(event, "09:00", { repository: ownRepository, ...body }),
  receivedAt: new Date(moment),
});

/** The webhooks of the same history, as they would have come. */
export const webhooks: Posted[] = [
  ...commits.map((one) =>
    hook("push", one.commit.committer.date, {
      ref: "refs/heads/main",
      before: one.parents[0]?.sha ?? "0".repeat(40),
      after: one.sha,
      created: one.parents.length === 0,
      forced: false,
      repository: { ...ownRepository, pushed_at: Date.parse(one.commit.committer.date) / 1_000 },
      commits: [
        {
          id: one.sha,
          message: one.commit.message,
          timestamp: one.commit.author.date,
          url: one.html_url,
          author: { name: "Ana", username: "ana" },
          added: ["src/a.ts"],
          removed: [],
          modified: [],
        },
      ],
    }),
  ),
  ...listedPullRequests.map((one) =>
    hook("pull_request", one.updated_at, {
      action: one.state === "open" ? "opened" : "closed",
      number: one.number,
      pull_request: wholePullRequest(one),
    }),
  ),
  ...Object.entries(reviews).flatMap(([number, all]) =>
    all.flatMap((one) =>
      one.submitted_at
        ? hook("pull_request_review", one.submitted_at, {
            action: "submitted",
            review: one,
            pull_request: listedPullRequests.find((each) => each.number === Number(number)),
          })
        : [],
    ),
  ),
  ...[firstAttempt, ...runs].flatMap((one) => [
    hook("workflow_run", one.updated_at, {
      action: "completed",
      workflow_run: one,
      workflow: { name: "CI" },
    }),
    ...jobsOf(one).map((each) =>
      hook("workflow_job", one.updated_at, { action: "completed", workflow_job: each }),
    ),
  ]),
  ...deployments.flatMap((one) => {
    const made =
      one.id === 32 ? { workflow_run: { id: 102, name: "CI" }, workflow: { name: "CI" } } : {};
    return [
      hook("deployment", one.created_at, { action: "created", deployment: one, ...made }),
      ...statusesOf(one).map((each) =>
        hook("deployment_status", each.created_at, {
          deployment: one,
          deployment_status: each,
          ...made,
        }),
      ),
    ];
  }),
  ...releases.flatMap((one) =>
    one.published_at
      ? hook("release", one.published_at, { action: "published", release: one })
      : [],
  ),
];
