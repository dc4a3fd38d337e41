import { describe, expect, it } from "vitest";
import { BackfillWorld } from "@/lib/backfill/testing";
import { holdsInPartLaw } from "@/lib/backfill/testing-in-part";
import { holdsBackfillLaws } from "@/lib/backfill/testing-laws";
import { deliver, type Posted, settleAll, sha } from "@/lib/projection/testing";
import {
  approval,
  at,
  bo,
  commits,
  pipelines,
  repository,
  requests,
  testBitbucket,
} from "@/lib/sources/bitbucket/history/testing-repository";

const world = new BackfillWorld(testBitbucket);

const hook = (event: string, moment: string, body: object): Posted => ({
  source: "bitbucket",
  provider: "bitbucket",
  headers: { "content-type": "application/json", "x-event-key": event },
  body: JSON.stringify({ repository: { full_name: repository }, ...body }),
  receivedAt: new Date(moment),
});

/** The webhooks of the same history, as they would have come. */
const webhooks: Posted[] = [
  ...commits.map((one) =>
    hook("repo:push", one.date, {
      push: {
        changes: [
          {
            forced: false,
            truncated: false,
            old: one.parents[0] ? { type: "branch", name: "main", target: one.parents[0] } : null,
            new: { type: "branch", name: "main", target: one },
            commits: [one],
          },
        ],
      },
    }),
  ),
  ...requests.flatMap((one) => {
    const ended = { MERGED: "fulfilled", DECLINED: "rejected" }[one.state] ?? "created";
    const moment = one.state === "MERGED" ? at(4, "12:00") : one.updated_on;
    const pullrequest = { ...one, updated_on: moment };
    return [
      ...(one.state === "MERGED"
        ? [
            hook("pullrequest:approved", approval.date, {
              actor: bo,
              approval,
              pullrequest: { ...one, state: "OPEN", updated_on: approval.date },
            }),
          ]
        : []),
      hook(`pullrequest:${ended}`, moment, { pullrequest }),
    ];
  }),
];

describe("a backfill from Bitbucket", () => {
  holdsInPartLaw(world, webhooks);
  holdsBackfillLaws(world, webhooks, {
    commits: 3,
    pull_requests: 3,
    builds: 2,
    deployments: 1,
  });

  it("knows of a pull request its first commit, its first review, and the merge in full", async () => {
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const rows = await world.db.selectFrom("pull_requests").selectAll().orderBy("number").execute();
    expect(rows).toMatchObject([
      { number: 1, merged_at: null, closed_at: new Date(at(3, "12:00")) },
      {
        number: 2,
        author: "ana",
        first_commit_at: new Date(at(3, "09:00")),
        first_review_at: new Date(approval.date),
        merged_at: new Date(at(4, "12:00")),
        merge_revision: sha("merge"),
      },
      { number: 3, merged_at: null, closed_at: null },
    ]);
  });

  it("knows of a pipeline its steps and its end; of a deployment its environment by name", async () => {
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const [first, second] = await world.db
      .selectFrom("builds")
      .selectAll()
      .orderBy("queued_at")
      .execute();
    expect(first).toMatchObject({ status: "failed", revision: sha("one") });
    expect(second).toMatchObject({
      status: "succeeded",
      started_at: new Date(at(4, "13:01")),
      finished_at: new Date(at(4, "13:20")),
    });
    expect(JSON.stringify(second)).toContain("Deploy");
    const [deployed] = await world.db.selectFrom("deployments").selectAll().execute();
    expect(deployed).toMatchObject({
      environment: "Production",
      status: "succeeded",
      revision: sha("merge"),
      finished_at: new Date(at(4, "13:20")),
    });
  });

  it("lets a status on a commit only stand in for its pipeline", async () => {
    const [pipeline] = pipelines;
    await world.start();
    await world.complete();
    await deliver(world.db, [
      hook("repo:commit_status_updated", at(4, "13:20"), {
        commit_status: {
          key: "3343801",
          name: "Pipeline #4 for main",
          refname: "main",
          state: "SUCCESSFUL",
          commit: { hash: pipeline?.target.commit.hash },
          created_on: at(4, "13:00"),
          updated_on: at(4, "13:20"),
        },
      }),
    ]);
    await settleAll(world.context);
    const builds = await world.db.selectFrom("builds").select("fallback").execute();
    expect(builds.filter(({ fallback }) => fallback)).toHaveLength(1);
  });

  it("keeps no words of reviews and no pictures, and asks for nothing older than was wanted", async () => {
    await world.start({ since: new Date(at(4, "00:00")), token: "ana@example.com:a-token" });
    await world.complete();
    await settleAll(world.context);
    expect(await world.counts()).toMatchObject({ commits: 1, pull_requests: 2, builds: 1 });
    const kept = (await world.deliveries()).map(({ body }) => body.toString()).join();
    expect(kept).not.toMatch(/secret remark|avatar/);
    const basic = Buffer.from("ana@example.com:a-token").toString("base64");
    expect(world.api.tokens).toEqual(new Set([`Basic ${basic}`]));
  });

  it("asks for the paths of a commit where rules go by them", async () => {
    const rule = { name: "web", repository, team: null, dependsOn: [], deployments: [] };
    await world.configure({ services: [{ ...rule, paths: ["apps/**"] }] });
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const rows = await world.db.selectFrom("commits").select(["revision", "paths"]).execute();
    const paths = new Map(rows.map((row) => [row.revision, row.paths]));
    expect(paths.get(sha("one"))).toEqual(["apps/a.ts", "apps/b.ts"]);
    expect(paths.get(sha("merge"))).toBeNull();
  });

  it("goes on behind a commit of a wrong clock, older than all that was asked for", async () => {
    const [merge] = commits;
    if (!merge) throw new Error("There are commits.");
    commits.splice(1, 0, { ...merge, hash: sha("wrong clock"), date: "1999-12-31T23:00:00Z" });
    try {
      await world.start({ since: new Date(at(2, "00:00")) });
      await world.complete();
    } finally {
      commits.splice(1, 1);
    }
    await settleAll(world.context);
    const rows = await world.db.selectFrom("commits").select("revision").execute();
    expect(rows.map(({ revision }) => revision).sort()).toEqual(
      [sha("merge"), sha("side"), sha("one")].sort(),
    );
  });

  it.each(["before", "behind"])(
    "lets the time of a merge that was told in part yield to its own, told %s it",
    async (place) => {
      world.api.fault = (_, path) =>
        path.includes("/pullrequests/2/") ? { kind: "answer", status: 400 } : undefined;
      const inPart = async () => {
        await world.start();
        await world.complete();
        await world.db.deleteFrom("backfills").execute();
        await settleAll(world.context);
      };
      const merged = webhooks.filter(({ headers }) => headers["x-event-key"]?.includes("request"));
      const mergedAt = async () => {
        const query = world.db.selectFrom("pull_requests").select("merged_at");
        return (await query.where("number", "=", 2).executeTakeFirstOrThrow()).merged_at;
      };
      if (place === "before") {
        await inPart();
        expect(await mergedAt()).toEqual(new Date(at(4, "18:00")));
        await deliver(world.db, merged);
      } else {
        await deliver(world.db, merged);
        await inPart();
      }
      await settleAll(world.context);
      expect(await mergedAt()).toEqual(new Date(at(4, "12:00")));
    },
  );
});
