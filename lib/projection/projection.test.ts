import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { digest } from "@/lib/facts/digest";
import { publicId } from "@/lib/facts/keys";
import { saveAssessment } from "@/lib/facts/save-assessment";
import {
  alert,
  clock,
  contextOver,
  deliver,
  deploy,
  forgetEverything,
  github,
  native,
  posted,
  push,
  settleAll,
  sha,
  word,
} from "@/lib/projection/testing";
import { historyConfig, incidentOfFirstAlert } from "@/lib/projection/testing-history";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => forgetEverything(database.db));

const shop = "acme/checkout";
const told = async (...deliveries: Parameters<typeof deliver>[1]) => {
  const ids = await deliver(database.db, deliveries);
  await settleAll(contextOver(database.db, historyConfig));
  return ids;
};
const deployment = (source: string, id: string) =>
  database.db
    .selectFrom("deployments")
    .selectAll()
    .where("id", "=", publicId("deployment", `${source}/${id}`))
    .executeTakeFirstOrThrow();
const outcomes = async (ids: number[]) => {
  const rows = await database.db
    .selectFrom("deliveries")
    .select(["id", "outcome", "error_code", "error", "facts"])
    .where("id", "in", ids)
    .execute();
  return ids.map((id) => rows.find((row) => row.id === id));
};

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

describe("an incident", () => {
  it("is there although its alert had ended before it was told", async () => {
    await told(alert("HighErrorRate", "checkout", "1 10:20", "1 11:00"));
    const [incident] = await database.db.selectFrom("incidents").selectAll().execute();
    expect(incident).toMatchObject({
      id: incidentOfFirstAlert,
      service: "checkout",
      opened_at: new Date(clock("1 10:20")),
      resolved_at: new Date(clock("1 11:00")),
    });
    const [row] = await database.db.selectFrom("alerts").select("incident_id").execute();
    expect(row?.incident_id).toBe(incidentOfFirstAlert);
  });

  it("takes an earlier alert in and still answers to its old id", async () => {
    await told(alert("HighErrorRate", "checkout", "1 10:20"));
    await told(alert("SlowRequests", "checkout", "1 10:15"));
    const incidents = await database.db.selectFrom("incidents").selectAll().execute();
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.members).toContain(incidentOfFirstAlert);
  });

  it("fails the deployment that a person blames, at once, and no more when the word is undone", async () => {
    const id = publicId("deployment", "github/2");
    const verdict = (at: string, confirmed: boolean) =>
      word(at, {
        type: "verdict",
        incident: incidentOfFirstAlert,
        verdict: confirmed ? "confirmed" : null,
        changes: confirmed ? [{ kind: "deployment", id }] : [],
        rejected: [],
        note: null,
      });
    await told(
      ...deploy(shop, 1, "c0", ["09:10", "09:11", "09:15"]),
      ...deploy(shop, 2, "c2", ["1 10:00", "1 10:01", "1 10:10"]),
      alert("HighErrorRate", "checkout", "1 10:20", "1 11:00"),
    );
    expect(await deployment("github", "2")).toMatchObject({ failed: false });
    await told(verdict("2 09:00", true));
    expect(await deployment("github", "2")).toMatchObject({
      failed: true,
      failure_reason: "confirmed",
      failure_incident: incidentOfFirstAlert,
      recovery_seconds: 3_000,
    });
    await told(verdict("2 10:00", false));
    expect(await deployment("github", "2")).toMatchObject({ failed: false, failure_reason: null });
  });

  it.each(["before", "after"])(
    "of one service fails the deployment of another that it declares as its cause, told %s it",
    async (when) => {
      const cause = native("1 09:05", {
        type: "deployment",
        id: "n7",
        service: "web",
        environment: "production",
        revision: sha("w1"),
        status: "succeeded",
        startedAt: clock("1 09:00"),
        finishedAt: clock("1 09:05"),
      });
      const incident = native("1 09:30", {
        type: "incident",
        id: "i7",
        service: "checkout",
        environment: "production",
        title: "No totals",
        openedAt: clock("1 09:20"),
        cause: "n7",
      });
      for (const delivery of when === "before" ? [cause, incident] : [incident, cause])
        await told(delivery);
      expect(await deployment("pipeline", "n7")).toMatchObject({
        failed: true,
        failure_reason: "declared_cause",
        failure_incident: publicId("incident", "pipeline/i7"),
      });
    },
  );

  it("fails what the latest assessment holds likely enough, and no more what an earlier one did", async () => {
    const judged = async (occasion: string, minute: string, suspect: string) => {
      const id = publicId("deployment", suspect);
      const assessment = {
        incident_id: incidentOfFirstAlert,
        occasion,
        assessed_at: new Date(clock(minute)),
        model: "test",
        suspects: JSON.stringify([{ kind: "deployment", id, probability: 0.9 }]),
      };
      await database.db.transaction().execute((trx) => saveAssessment(trx, assessment, 0.8));
      await told();
    };
    await told(
      ...deploy(shop, 1, "c0", ["09:10", "09:11", "09:15"]),
      ...deploy(shop, 2, "c2", ["1 10:00", "1 10:01", "1 10:10"]),
      ...deploy("acme/ledger", 3, "l0", ["1 10:00", "1 10:01", "1 10:05"]),
      alert("HighErrorRate", "checkout", "1 10:20"),
    );
    await judged("opened", "1 10:21", "github/2");
    expect(await deployment("github", "2")).toMatchObject({
      failed: true,
      failure_reason: "matched",
    });
    await judged("after_5_minutes", "1 10:26", "github/3");
    expect(await deployment("github", "2")).toMatchObject({ failed: false });
    expect(await deployment("github", "3")).toMatchObject({ failed: true });
    await database.db.deleteFrom("assessments").execute();
  });
});

describe("a delivery", () => {
  it("has its outcome, its reason and its facts", async () => {
    const ids = await told(
      push(shop, "09:00", null, [{ name: "c0", at: "08:50" }]),
      github("ping", "09:00", { zen: "Speak like a human." }),
      posted("github", "github", "09:00", "{", { "x-github-event": "push" }),
      posted("later", "unheard-of", "09:00", {}),
    );
    expect(await outcomes(ids)).toMatchObject([
      {
        outcome: "accepted",
        error: null,
        facts: [
          { type: "change", id: expect.stringMatching(/^[0-9a-f]{24}$/) },
          { type: "change", id: publicId("commit", `${shop}@${sha("c0")}`) },
        ],
      },
      { outcome: "ignored", error: "GitHub says that the webhook is connected" },
      { outcome: "failed", error_code: "not_json" },
      { outcome: "failed", error_code: "unknown_provider", facts: [] },
    ]);
  });

  it("with NUL and lone surrogates in its text is kept, with a mark in their place", async () => {
    const message = "one\u0000two\ud800";
    const ids = await told(push(shop, "09:00", null, [{ name: "c0", at: "08:50", message }]));
    expect(await outcomes(ids)).toMatchObject([{ outcome: "accepted" }]);
    const [commit] = await database.db.selectFrom("commits").select("message").execute();
    expect(commit?.message).not.toContain("\u0000");
    expect(commit?.message).toMatch(/^one.?two\ufffd?$/);
  });

  it("replayed after a fix gives its facts; one that says less takes them back", async () => {
    const body = push(shop, "09:00", null, [{ name: "c0", at: "08:50" }]);
    const [id = 0] = await told({ ...body, provider: "not-yet" });
    expect(await outcomes([id])).toMatchObject([{ outcome: "failed" }]);
    const replay = async (provider: string) => {
      await database.db
        .updateTable("deliveries")
        .set({ provider, outcome: "pending" })
        .where("id", "=", id)
        .execute();
      await told();
    };
    await replay("github");
    expect(await outcomes([id])).toMatchObject([{ outcome: "accepted", error_code: null }]);
    expect(await database.db.selectFrom("commits").select("id").execute()).toHaveLength(1);
    await replay("not-yet");
    expect(await database.db.selectFrom("commits").select("id").execute()).toHaveLength(0);
    expect(await database.db.selectFrom("statements").select("key").execute()).toHaveLength(0);
  });

  it("repeated a hundred times changes nothing but its own outcome", async () => {
    const body = push(shop, "09:00", null, [{ name: "c0", at: "08:50" }]);
    await told(body);
    const before = await digest(database.db);
    await told(...Array.from({ length: 100 }, () => body));
    expect(await digest(database.db)).toBe(before);
  });
});
