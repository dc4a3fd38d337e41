import { describe, expect, it } from "vitest";
import { BackfillWorld } from "@/lib/backfill/testing";
import { holdsInPartLaw } from "@/lib/backfill/testing-in-part";
import { holdsBackfillLaws } from "@/lib/backfill/testing-laws";
import { type Posted, settleAll, sha } from "@/lib/projection/testing";
import {
  ana,
  approvedAt,
  at,
  bo,
  commits,
  ownRepository,
  repository,
  requests,
  testBitbucketServer,
} from "@/lib/sources/bitbucket-server/history/testing-repository";

const world = new BackfillWorld(testBitbucketServer);

const hook = (event: string, moment: number, body: object): Posted => ({
  source: "bitbucket-server",
  provider: "bitbucket-server",
  headers: { "content-type": "application/json", "x-event-key": event },
  body: JSON.stringify({
    ...{ eventKey: event, date: new Date(moment).toISOString().replace(".000Z", "+0000") },
    ...body,
  }),
  receivedAt: new Date(moment),
});

/** The webhooks of the same history, as they would have come. */
const webhooks: Posted[] = [
  ...commits.map((one) =>
    hook("repo:refs_changed", one.committerTimestamp, {
      actor: ana,
      repository: ownRepository,
      changes: [
        {
          ref: { id: "refs/heads/main", displayId: "main", type: "BRANCH" },
          refId: "refs/heads/main",
          fromHash: one.parents[0]?.id ?? "0".repeat(40),
          toHash: one.id,
          type: one.parents.length === 0 ? "ADD" : "UPDATE",
        },
      ],
      commits: [one],
      toCommit: one,
    }),
  ),
  ...requests.flatMap((pullRequest) => {
    const moment = at(pullRequest.id === 2 ? 4 : pullRequest.id === 3 ? 5 : 3, "12:00");
    const event =
      { MERGED: "pr:merged", DECLINED: "pr:declined" }[pullRequest.state] ?? "pr:opened";
    if (pullRequest.state !== "MERGED") return [hook(event, moment, { actor: ana, pullRequest })];
    const open = { ...pullRequest, state: "OPEN", closedDate: undefined, updatedDate: approvedAt };
    const properties = { mergeCommit: { id: sha("merge") } };
    return [
      hook("pr:reviewer:approved", approvedAt, {
        ...{ actor: bo, pullRequest: open, participant: { user: bo, status: "APPROVED" } },
      }),
      hook(event, moment, {
        ...{ actor: bo, pullRequest: { ...pullRequest, updatedDate: moment, properties } },
      }),
    ];
  }),
];

describe("a backfill from Bitbucket Data Center", () => {
  holdsInPartLaw(world, webhooks);
  holdsBackfillLaws(world, webhooks, { commits: 3, pull_requests: 3 });

  it("knows of a pull request its first commit, its first review, and the merge in full", async () => {
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const rows = await world.db.selectFrom("pull_requests").selectAll().orderBy("number").execute();
    expect(rows).toMatchObject([
      { number: 1, repository, merged_at: null, closed_at: new Date(at(3, "12:00")) },
      {
        number: 2,
        author: "ana",
        first_commit_at: new Date(at(3, "09:00")),
        first_review_at: new Date(approvedAt),
        merged_at: new Date(at(4, "12:00")),
        merge_revision: sha("merge"),
      },
      { number: 3, merged_at: null, closed_at: null },
    ]);
  });

  it("keeps both dates and the parents of commits, and asks for paths where rules go by them", async () => {
    const rule = { name: "web", repository, team: null, dependsOn: [], deployments: [] };
    await world.configure({ services: [{ ...rule, paths: ["apps/**"] }] });
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const rows = await world.db.selectFrom("commits").selectAll().execute();
    const byRevision = new Map(rows.map((row) => [row.revision, row]));
    expect(byRevision.get(sha("one"))).toMatchObject({
      authored_at: new Date(at(2, "09:00")),
      committed_at: new Date(at(2, "09:30")),
      paths: ["apps/a.ts", "apps/b.ts", "apps/c.ts"],
    });
    expect(byRevision.get(sha("merge"))).toMatchObject({
      parents: [sha("one"), sha("side")],
      paths: null,
    });
  });

  it("keeps no words of reviews and no addresses, and asks for nothing older than was wanted", async () => {
    await world.start({ since: new Date(at(4, "00:00")), token: "ana:a-password" });
    await world.complete();
    await settleAll(world.context);
    expect(await world.counts()).toMatchObject({ commits: 1, pull_requests: 2 });
    const kept = (await world.deliveries()).map(({ body }) => body.toString()).join();
    expect(kept).not.toMatch(/secret remark|only its readers|@example/);
    const basic = Buffer.from("ana:a-password").toString("base64");
    expect(world.api.tokens).toEqual(new Set([`Basic ${basic}`]));
  });

  it.each(["../etc", "ACME", "ACME/..", "a/b/c"])(
    "takes no repository of the name %s",
    async (name) => {
      await expect(world.start({ subject: name })).rejects.toMatchObject({ code: "invalid_field" });
    },
  );
});
