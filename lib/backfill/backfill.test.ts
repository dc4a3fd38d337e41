import { describe, expect, it } from "vitest";
import { BackfillWorld, everything } from "@/lib/backfill/testing";
import { digest } from "@/lib/facts/digest";
import { publicId } from "@/lib/facts/keys";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { settleAll, sha } from "@/lib/projection/testing";

const world = new BackfillWorld();

describe("a backfill from GitHub's API", () => {
  it("delivers commits, pull requests, runs, deployments and releases; a rebuild agrees", async () => {
    await world.start();
    const row = await world.complete();
    expect(row).toMatchObject({ state: "done", error: null, sealed_token: null });
    await settleAll(world.context);
    expect(await world.counts()).toEqual(everything);
    expect(
      (await world.deliveries()).filter(({ outcome }) => outcome !== "accepted"),
    ).toMatchObject([{ event: "api.release", outcome: "ignored" }]);
    const live = await digest(world.db);
    const { config, clock } = world.context;
    const rebuilt = await rebuild({ url: world.database.url, config, clock, log: () => undefined });
    expect(rebuilt.after).toBe(live);
  });

  it("knows of a pull request its first commit, its first review by another, and its size", async () => {
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const [second, third] = await world.db
      .selectFrom("pull_requests")
      .selectAll()
      .where("number", "in", [2, 3])
      .orderBy("number")
      .execute();
    expect(second).toMatchObject({
      first_commit_at: new Date("2026-11-03T09:00:00Z"),
      first_review_at: new Date("2026-11-04T10:30:00Z"),
      additions: 20,
      merge_revision: sha("merge"),
    });
    expect(third).toMatchObject({ merged_at: null, merge_revision: null, additions: null });
  });

  it("knows each attempt of a run, its stages, the deployment's name and the release's commit", async () => {
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const build = await world.db
      .selectFrom("builds")
      .selectAll()
      .where("id", "=", publicId("build", "github/run:102:1"))
      .executeTakeFirstOrThrow();
    expect(build).toMatchObject({
      status: "failed",
      finished_at: new Date("2026-11-04T13:10:00Z"),
    });
    expect(JSON.stringify(build)).toContain("lint");
    const deployments = await world.db
      .selectFrom("deployments")
      .select(["status", "kind", "change_count", "changes_known"])
      .orderBy("at")
      .execute();
    expect(deployments).toEqual([
      { status: "succeeded", kind: "first", change_count: null, changes_known: null },
      { status: "succeeded", kind: "deploy", change_count: 3, changes_known: true },
      { status: "failed", kind: null, change_count: null, changes_known: null },
    ]);
    const releases = await world.db
      .selectFrom("releases")
      .select(["version", "revision"])
      .orderBy("at")
      .execute();
    expect(releases).toEqual([
      { version: "v1", revision: sha("one") },
      { version: "v2/β", revision: sha("four") },
    ]);
  });

  it("asks for nothing older than was wanted", async () => {
    await world.start({ since: new Date("2026-11-04T00:00:00Z") });
    await world.complete();
    await settleAll(world.context);
    expect(await world.counts()).toEqual({
      commits: 2,
      pull_requests: 2,
      builds: 3,
      deployments: 2,
      releases: 1,
      incidents: 0,
      alerts: 0,
    });
  });

  it("asks for the paths of each commit only where rules go by them, and for no content", async () => {
    await world.configure({
      services: [
        {
          name: "web",
          repository: "ACME/shop",
          team: null,
          dependsOn: [],
          paths: ["apps/web/**"],
          deployments: [],
        },
      ],
    });
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const rows = await world.db.selectFrom("commits").select(["revision", "paths"]).execute();
    const byRevision = new Map(rows.map((row) => [row.revision, row.paths]));
    expect(byRevision.get(sha("two"))).toEqual(["apps/web/a.ts"]);
    expect(byRevision.get(sha("merge"))).toBeNull();
    expect((await world.deliveries()).some(({ body }) => body.includes("@@ secret @@"))).toBe(
      false,
    );
  });

  it("again delivers nothing anew, and asks for no details that cannot have changed", async () => {
    await world.start();
    await world.complete();
    const before = (await world.deliveries()).length;
    const questions = world.api.asked.length;
    world.api.reset();
    await world.start();
    await world.db
      .deleteFrom("backfills")
      .where("state", "=", "done")
      .where("finished_at", "<", new Date(world.now))
      .execute();
    for (; await world.turn(); );
    expect((await world.deliveries()).length).toBe(before);
    expect(world.api.asked.some((path) => /pulls\/|jobs|commits\//.test(path))).toBe(false);
    expect(world.api.asked.length).toBeLessThan(questions / 2);
  });
});
