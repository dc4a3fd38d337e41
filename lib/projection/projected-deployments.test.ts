import { describe, expect, it } from "vitest";
import {
  clock,
  contextOver,
  deliver,
  deploy,
  github,
  native,
  push,
  settleAll,
  sha,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { historyConfig } from "@/lib/projection/testing-history";

const database = projectionDatabase();
const { told, deployment } = database;
const shop = "acme/checkout";

describe("a deployment", () => {
  const order = (status: string, at: string, more: object = {}) =>
    native(at, {
      type: "deployment",
      id: "d1",
      service: "checkout",
      environment: "production",
      revision: sha("c1"),
      status,
      startedAt: clock("10:00"),
      ...more,
    });

  it("that runs and then succeeds under one id is one", async () => {
    await told(order("running", "10:00"));
    expect(await deployment("pipeline", "d1")).toMatchObject({ status: "running", kind: null });
    await told(order("succeeded", "10:05", { finishedAt: clock("10:05") }));
    expect(await deployment("pipeline", "d1")).toMatchObject({
      status: "succeeded",
      kind: "first",
      completed: true,
    });
    expect(await database.db.selectFrom("deployments").select("id").execute()).toHaveLength(1);
  });

  it("without a repository has its service's", async () => {
    await told(order("running", "10:00"));
    expect(await deployment("pipeline", "d1")).toMatchObject({ repository: shop, team: "shop" });
  });

  it("told before its push has an unknown change set, which heals when the push arrives", async () => {
    const before = push(shop, "09:00", null, [{ name: "c0", at: "08:50" }]);
    const missing = push(shop, "11:00", "c0", [
      { name: "c1", at: "10:00" },
      { name: "c2", at: "10:30" },
    ]);
    await told(
      before,
      ...deploy(shop, 1, "c0", ["09:10", "09:11", "09:15"]),
      ...deploy(shop, 2, "c2", ["11:10", "11:11", "11:15"]),
    );
    expect(await deployment("github", "2")).toMatchObject({
      changes_known: false,
      change_count: null,
    });
    await told(missing);
    expect(await deployment("github", "2")).toMatchObject({ changes_known: true, change_count: 2 });
    const changes = await database.db.selectFrom("deployment_changes").selectAll().execute();
    expect(changes.map((change) => change.lead_seconds).sort()).toEqual([2_700, 4_500]);
  });

  it("with a cherry-pick takes its original's author time when that is told later", async () => {
    const picked = `Fix\n\n(cherry picked from commit ${sha("side")})`;
    await told(
      push(shop, "09:00", null, [{ name: "c0", at: "08:50" }]),
      push(shop, "11:00", "c0", [{ name: "c1", at: "10:30", message: picked }]),
      ...deploy(shop, 1, "c0", ["09:10", "09:11", "09:15"]),
      ...deploy(shop, 2, "c1", ["11:10", "11:11", "11:15"]),
    );
    await told(
      push(shop, "11:30", null, [{ name: "side", at: "09:45" }], { ref: "refs/heads/side" }),
    );
    const [change] = await database.db.selectFrom("deployment_changes").selectAll().execute();
    expect(change).toMatchObject({ revision: sha("c1"), lead_seconds: 5_400 });
  });

  it("takes the pull request of its change when that is told later", async () => {
    await told(
      push(shop, "09:00", null, [{ name: "c0", at: "08:50" }]),
      push(shop, "11:00", "c0", [
        { name: "c1", at: "10:00" },
        { name: "c2", at: "10:30" },
      ]),
      ...deploy(shop, 1, "c0", ["09:10", "09:11", "09:15"]),
      // From the middle of what was merged.
      ...deploy(shop, 2, "c1", ["11:10", "11:11", "11:15"]),
    );
    await told(
      github("pull_request", "11:00", {
        action: "closed",
        repository: { full_name: shop },
        pull_request: {
          number: 7,
          merged: true,
          created_at: clock("10:35"),
          updated_at: clock("11:00"),
          merged_at: clock("11:00"),
          merge_commit_sha: sha("c2"),
          head: { ref: "tax", sha: sha("x") },
          base: { ref: "main", sha: sha("c0") },
        },
      }),
    );
    const changes = await database.db.selectFrom("deployment_changes").selectAll().execute();
    expect(changes.map((change) => change.merge_to_deploy_seconds)).toEqual([660]);
  });

  it("that is put into another service leaves nothing behind in the first", async () => {
    await told(order("succeeded", "10:05", { finishedAt: clock("10:05") }));
    await told(order("succeeded", "10:06", { service: "web", finishedAt: clock("10:06") }));
    expect(await deployment("pipeline", "d1")).toMatchObject({ service: "web", kind: "first" });
  });

  it("of one service of a monorepo ships only the changes in its paths", async () => {
    const mono = "acme/mono";
    const both = ["web", "api"].flatMap((service, index) => [
      ...deploy(mono, 20 + index, "m0", ["09:10", "09:11", "09:20"], { service }),
      ...deploy(mono, 30 + index, "m2", ["11:10", "11:11", "11:20"], { service }),
    ]);
    await told(
      push(mono, "09:00", null, [{ name: "m0", at: "08:00" }]),
      push(mono, "11:00", "m0", [
        { name: "m1", at: "09:30", paths: ["apps/web/b.ts"] },
        { name: "m2", at: "10:30", paths: ["apps/api/b.ts"] },
      ]),
      ...both,
    );
    const changes = await database.db
      .selectFrom("deployment_changes")
      .select(["service", "revision"])
      .orderBy("service")
      .execute();
    expect(changes).toEqual([
      { service: "api", revision: sha("m2") },
      { service: "web", revision: sha("m1") },
    ]);
  });

  it("to two regions of a group is counted once, with lead time to its first finish", async () => {
    const config = {
      ...historyConfig,
      environments: [{ match: "prod-*", tier: "production" as const, group: "production" }],
    };
    const eu = { environment: "prod-eu" };
    const us = { environment: "prod-us" };
    await deliver(database.db, [
      push(shop, "09:00", null, [{ name: "c0", at: "08:50" }]),
      push(shop, "10:00", "c0", [{ name: "c1", at: "09:50" }]),
      ...deploy(shop, 1, "c0", ["09:10", "09:11", "09:15"], eu),
      ...deploy(shop, 2, "c0", ["09:20", "09:21", "09:25"], us),
      ...deploy(shop, 3, "c1", ["10:10", "10:11", "10:15"], us),
      ...deploy(shop, 4, "c1", ["10:20", "10:21", "10:25"], eu),
    ]);
    await settleAll(contextOver(database.db, config));
    const rows = await database.db
      .selectFrom("deployments")
      .select(["key", "counted"])
      .orderBy("key")
      .execute();
    expect(rows.filter((row) => row.counted).map((row) => row.key)).toEqual([
      "github/1",
      "github/3",
    ]);
    const changes = await database.db
      .selectFrom("deployment_changes")
      .select(["environment", "lead_seconds"])
      .orderBy("environment")
      .execute();
    expect(changes).toEqual([
      { environment: "prod-eu", lead_seconds: null },
      { environment: "prod-us", lead_seconds: 1_500 },
    ]);
  });
});
