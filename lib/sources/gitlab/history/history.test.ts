import { describe, expect, it } from "vitest";
import { BackfillWorld } from "@/lib/backfill/testing";
import { holdsInPartLaw } from "@/lib/backfill/testing-in-part";
import { holdsBackfillLaws } from "@/lib/backfill/testing-laws";
import { publicId } from "@/lib/facts/keys";
import { deliver, type Posted, settleAll, sha } from "@/lib/projection/testing";
import { gitlab } from "@/lib/sources/gitlab";
import {
  ana,
  approvedAt,
  at,
  bo,
  commits,
  deployments,
  jobsOf,
  pipelines,
  project,
  releases,
  requests,
  testGitlab,
  wholePipeline,
} from "@/lib/sources/gitlab/history/testing-project";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const world = new BackfillWorld(testGitlab);
const ofProject = { path_with_namespace: project, default_branch: "main" };

const hook = (moment: string, body: object): Posted => ({
  source: "gitlab",
  provider: "gitlab",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ project: ofProject, ...body }),
  receivedAt: new Date(moment),
});
const requestHook = (
  one: (typeof requests)[number],
  action: string,
  moment: string,
  user: object,
) =>
  hook(moment, {
    object_kind: "merge_request",
    user,
    labels: [{ title: "feature" }],
    object_attributes: {
      ...one,
      action,
      author_id: ana.id,
      updated_at: moment,
      last_commit: { id: one.sha },
      url: one.web_url,
    },
  });

/** The webhooks of the same history, as they would have come. */
const webhooks: Posted[] = [
  ...commits.map((one) =>
    hook(one.committed_date, {
      object_kind: "push",
      ref: "refs/heads/main",
      before: one.parent_ids[0] ?? "0".repeat(40),
      after: one.id,
      total_commits_count: 1,
      commits: [
        {
          id: one.id,
          message: one.message,
          timestamp: one.committed_date,
          url: one.web_url,
          author: { name: "Ana" },
          added: ["a.ts"],
          removed: [],
          modified: [],
        },
      ],
    }),
  ),
  ...requests.flatMap((one) => [
    ...(one.state === "merged" ? [requestHook(one, "approved", approvedAt, bo)] : []),
    requestHook(
      one,
      { merged: "merge", closed: "close" }[one.state] ?? "open",
      one.updated_at,
      one.state === "opened" ? ana : bo,
    ),
  ]),
  ...pipelines.map((one) => {
    const { finished_at, queued_duration, web_url: url } = wholePipeline(one);
    const builds = jobsOf(one).map((job) => ({
      ...job,
      environment: job.name === "deploy" ? { name: "production", action: "start" } : null,
    }));
    return hook(one.updated_at, {
      object_kind: "pipeline",
      object_attributes: { ...one, tag: false, finished_at, queued_duration, url },
      builds,
    });
  }),
  ...deployments.map((one) =>
    hook(one.updated_at, {
      object_kind: "deployment",
      deployment_id: one.id,
      deployable_id: one.deployable?.id ?? null,
      deployable_url: one.deployable?.web_url ?? null,
      status: one.status,
      status_changed_at: one.updated_at,
      environment: one.environment.name,
      ref: one.ref,
      short_sha: one.sha.slice(0, 8),
      commit_url: `https://gitlab.example.com/${project}/-/commit/${one.sha}`,
      user: one.user,
    }),
  ),
  ...releases.map((one) =>
    hook(one.released_at, {
      object_kind: "release",
      action: "create",
      tag: one.tag_name,
      name: one.name,
      created_at: one.created_at,
      released_at: one.released_at,
      commit: { id: one.commit.id },
    }),
  ),
];

describe("a backfill from GitLab", () => {
  holdsInPartLaw(world, webhooks);
  holdsBackfillLaws(world, webhooks, {
    commits: 3,
    pull_requests: 3,
    builds: 2,
    deployments: 3,
    releases: 1,
  });

  it("knows of a merge request its first commit, the first look by another, and its end", async () => {
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const rows = await world.db.selectFrom("pull_requests").selectAll().orderBy("number").execute();
    expect(rows).toMatchObject([
      { number: 1, author: "ana", merged_at: null, closed_at: new Date(at(3, "11:00")) },
      {
        number: 2,
        first_commit_at: new Date(at(2, "09:00")),
        first_review_at: new Date(at(4, "10:40")),
        merged_at: new Date(at(4, "12:00")),
        merge_revision: sha("merge"),
      },
      { number: 3, merged_at: null, closed_at: null },
    ]);
  });

  it("keeps both dates and the parents of commits that pushes tell less of", async () => {
    await world.start();
    await world.complete();
    await deliver(world.db, webhooks);
    await settleAll(world.context);
    const rows = await world.db.selectFrom("commits").selectAll().execute();
    for (const row of rows) {
      const told = commits.find(({ id }) => id === row.revision);
      expect(row).toMatchObject({
        authored_at: new Date(told?.authored_date ?? ""),
        committed_at: new Date(told?.committed_date ?? ""),
        parents: told?.parent_ids,
      });
    }
    expect(rows).toHaveLength(3);
  });

  it.each(Array.from({ length: 12 }, (_, index) => `change ${index}`))(
    "knows when %s was authored, whatever a push took for it",
    (message) => {
      const [commit] = commits;
      const headers = { "pushline-answer": "api.commit" };
      const read = (body: object, more: Record<string, string> = {}) =>
        statementsOf(
          gitlab.read({
            source: "gitlab",
            headers: more,
            body: Buffer.from(JSON.stringify({ project: ofProject, ...body })),
            receivedAt: new Date(at(5, "10:00")),
          }),
        );
      const asked = read({ commit: { ...commit, message } }, headers);
      const pushed = read({
        object_kind: "push",
        ref: "refs/heads/main",
        before: sha("one"),
        after: commit?.id,
        commits: [{ id: commit?.id, message, timestamp: commit?.committed_date }],
      }).filter(({ noun }) => noun === "commit");
      expect(factOf("commit", [...pushed, ...asked])?.members.authoredAt).toBe(at(4, "09:00"));
    },
  );

  it("knows a deployment by the job that webhooks know it by", async () => {
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const job = await world.db
      .selectFrom("deployments")
      .selectAll()
      .where("id", "=", publicId("deployment", "gitlab/job:5022"))
      .executeTakeFirstOrThrow();
    expect(job).toMatchObject({
      status: "succeeded",
      environment: "production",
      revision: sha("merge"),
      started_at: new Date(at(4, "13:03")),
      finished_at: new Date(at(4, "13:13")),
    });
  });

  it("keeps no words of reviews, no descriptions and no pictures", async () => {
    await world.start();
    await world.complete();
    const kept = (await world.deliveries()).map(({ body }) => body.toString()).join();
    expect(kept).not.toMatch(/secret remark|own thoughts|need to know|avatar/);
  });

  it("asks for nothing older than was wanted, and proves itself in GitLab's header", async () => {
    await world.start({ since: new Date("2026-11-04T00:00:00Z") });
    await world.complete();
    await settleAll(world.context);
    expect(await world.counts()).toMatchObject({ pull_requests: 2, builds: 1, releases: 0 });
    expect(world.api.tokens).toEqual(new Set(["a-secret-token"]));
  });

  it("asks for the paths of a commit where rules go by them", async () => {
    const rule = { name: "web", repository: project, team: null, dependsOn: [], deployments: [] };
    await world.configure({ services: [{ ...rule, paths: ["apps/**"] }] });
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const rows = await world.db.selectFrom("commits").select(["revision", "paths"]).execute();
    const paths = new Map(rows.map((row) => [row.revision, row.paths]));
    expect(paths.get(sha("one"))).toEqual(["apps/a.ts", "apps/b.ts"]);
    expect(paths.get(sha("merge"))).toBeNull();
  });

  it.each(["../etc", "acme", "acme/..", "a/b?c"])(
    "takes no project of the name %s",
    async (name) => {
      await expect(world.start({ subject: name })).rejects.toMatchObject({ code: "invalid_field" });
    },
  );
});
