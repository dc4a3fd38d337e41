import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { changeBackfill } from "@/lib/backfill/change-backfill";
import { type Backfill, claimBackfill } from "@/lib/backfill/claim";
import { listBackfills } from "@/lib/backfill/list-backfills";
import { runBackfill } from "@/lib/backfill/run-backfill";
import { type BackfillBody, startBackfill } from "@/lib/backfill/start-backfill";
import { type Fault, TestGithub } from "@/lib/backfill/testing-github";
import { repository, webhooks } from "@/lib/backfill/testing-shop";
import type { Context } from "@/lib/context";
import { digest } from "@/lib/facts/digest";
import { publicId } from "@/lib/facts/keys";
import { testSource } from "@/lib/http/server/testing";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { deliver, forgetEverything, settleAll, sha } from "@/lib/projection/testing";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let github: TestGithub;
let context: Context;
let now: number;
beforeAll(async () => {
  database = await testDatabase();
  github = await TestGithub.start();
});
afterAll(async () => {
  github.close();
  await database.close();
});
beforeEach(async () => {
  await forgetEverything(database.db);
  await database.db.deleteFrom("backfills").execute();
  github.reset();
  now = Date.parse("2026-11-21T12:00:00Z");
  context = await contextWith();
});

const contextWith = (file: Parameters<typeof testContext>[1] = {}) =>
  testContext(
    database,
    { sources: [testSource({ name: "github" })], ...file },
    { clock: { now: () => new Date(now) } },
  );

const silent = () => undefined;
const start = (body: Partial<BackfillBody> = {}) =>
  startBackfill(context, { repository, api: github.api, token: "a-secret-token", ...body });

/** One turn of one process, if there is one to have. */
async function turn(holder = "one", signal = new AbortController().signal): Promise<boolean> {
  const claimed = await claimBackfill(database.db, holder, context.clock.now());
  if (claimed) await runBackfill(context, claimed, { holder, signal, log: silent });
  return claimed !== null;
}

/** Turn after turn, over every wait, until it needs a person or is done. */
async function complete(): Promise<Backfill> {
  for (;;) {
    await turn();
    const row = await only();
    if (row.state !== "running") return row;
    const waitsUntil = [row.next_at, row.lease_until].flatMap((moment) => moment?.getTime() ?? []);
    now = Math.max(now + 1_000, ...waitsUntil);
  }
}

const only = () => database.db.selectFrom("backfills").selectAll().executeTakeFirstOrThrow();
const deliveries = () => database.db.selectFrom("deliveries").selectAll().orderBy("id").execute();
const counts = async () => {
  const of = async (table: "commits" | "pull_requests" | "builds" | "deployments" | "releases") =>
    (await database.db.selectFrom(table).select("id").execute()).length;
  return {
    commits: await of("commits"),
    pull_requests: await of("pull_requests"),
    builds: await of("builds"),
    deployments: await of("deployments"),
    releases: await of("releases"),
  };
};
const everything = { commits: 6, pull_requests: 4, builds: 4, deployments: 3, releases: 2 };

describe("a backfill from GitHub's API", () => {
  it("delivers commits, pull requests, runs, deployments and releases; a rebuild agrees", async () => {
    await start();
    const row = await complete();
    expect(row).toMatchObject({ state: "done", error: null, sealed_token: null });
    await settleAll(context);
    expect(await counts()).toEqual(everything);
    expect((await deliveries()).filter(({ outcome }) => outcome !== "accepted")).toMatchObject([
      { event: "api.release", outcome: "ignored" },
    ]);
    const live = await digest(database.db);
    const { config, clock } = context;
    const rebuilt = await rebuild({ url: database.url, config, clock, log: silent });
    expect(rebuilt.after).toBe(live);
  });

  it("knows of a pull request its first commit, its first review by another, and its size", async () => {
    await start();
    await complete();
    await settleAll(context);
    const [second, third] = await database.db
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
    await start();
    await complete();
    await settleAll(context);
    const build = await database.db
      .selectFrom("builds")
      .selectAll()
      .where("id", "=", publicId("build", "github/run:102:1"))
      .executeTakeFirstOrThrow();
    expect(build).toMatchObject({
      status: "failed",
      finished_at: new Date("2026-11-04T13:10:00Z"),
    });
    expect(JSON.stringify(build)).toContain("lint");
    const deployments = await database.db
      .selectFrom("deployments")
      .select(["status", "kind", "change_count", "changes_known"])
      .orderBy("at")
      .execute();
    expect(deployments).toEqual([
      { status: "succeeded", kind: "first", change_count: null, changes_known: null },
      { status: "succeeded", kind: "deploy", change_count: 3, changes_known: true },
      { status: "failed", kind: null, change_count: null, changes_known: null },
    ]);
    const releases = await database.db
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
    await start({ since: new Date("2026-11-04T00:00:00Z") });
    await complete();
    await settleAll(context);
    expect(await counts()).toEqual({
      commits: 2,
      pull_requests: 2,
      builds: 3,
      deployments: 2,
      releases: 1,
    });
  });

  it("asks for the paths of each commit only where rules go by them, and for no content", async () => {
    context = await contextWith({
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
    await start();
    await complete();
    await settleAll(context);
    const rows = await database.db.selectFrom("commits").select(["revision", "paths"]).execute();
    const byRevision = new Map(rows.map((row) => [row.revision, row.paths]));
    expect(byRevision.get(sha("two"))).toEqual(["apps/web/a.ts"]);
    expect(byRevision.get(sha("merge"))).toBeNull();
    expect((await deliveries()).some(({ body }) => body.includes("@@ secret @@"))).toBe(false);
  });

  it("again delivers nothing anew, and asks for no details that cannot have changed", async () => {
    await start();
    await complete();
    const before = (await deliveries()).length;
    const questions = github.asked.length;
    github.reset();
    await start();
    await database.db
      .deleteFrom("backfills")
      .where("state", "=", "done")
      .where("finished_at", "<", new Date(now))
      .execute();
    for (; await turn(); );
    expect((await deliveries()).length).toBe(before);
    expect(github.asked.some((path) => /pulls\/|jobs|commits\//.test(path))).toBe(false);
    expect(github.asked.length).toBeLessThan(questions / 2);
  });
});

describe("beside webhooks that arrive meanwhile", () => {
  it("leaves one digest in any order, doubles nothing and undoes nothing", async () => {
    await start();
    await complete();
    const asked = (await deliveries()).map(({ source, provider, headers, body, received_at }) => ({
      source,
      provider,
      headers,
      body: body.toString(),
      receivedAt: received_at,
    }));
    await forgetEverything(database.db);
    await deliver(database.db, webhooks);
    await settleAll(context);
    expect(await counts()).toEqual(everything);
    const told = await values();
    await deliver(database.db, asked);
    await settleAll(context);
    expect(await counts()).toEqual(everything);
    const both = await values();
    expect(both).toEqual(told);
    const live = await digest(database.db);

    const all = [...webhooks, ...asked];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
        fc.integer({ min: 1, max: all.length }),
        async (shuffled, cut) => {
          await forgetEverything(database.db);
          for (const part of [shuffled.slice(0, cut), shuffled.slice(cut)]) {
            await deliver(database.db, part);
            await settleAll(context);
          }
          expect(await digest(database.db)).toBe(live);
        },
      ),
      { numRuns: 6 },
    );
  }, 120_000);

  /** What webhooks alone told; the API adds to it (parents, first commits), and takes nothing away. */
  async function values() {
    const { db } = database;
    return {
      builds: await db
        .selectFrom("builds")
        .select(["id", "status", "name", "started_at", "finished_at", "stages"])
        .orderBy("id")
        .execute(),
      deployments: await db
        .selectFrom("deployments")
        .select(["id", "status", "started_at", "finished_at", "author", "service", "kind"])
        .orderBy("id")
        .execute(),
      sizes: await db
        .selectFrom("pull_requests")
        .select(["id", "additions", "deletions", "merged_at", "merge_revision", "first_review_at"])
        .orderBy("id")
        .execute(),
      paths: await db.selectFrom("commits").select(["id", "paths"]).orderBy("id").execute(),
    };
  }
});

const faults: Record<string, Fault> = {
  "429 with retry-after": { kind: "answer", status: 429, headers: { "retry-after": "7" } },
  "403 with the limit used up": {
    kind: "answer",
    status: 403,
    headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "4102444800" },
  },
  "403 of a secondary limit": {
    kind: "answer",
    status: 403,
    message: "You have exceeded a secondary rate limit.",
  },
  "502": { kind: "answer", status: 502 },
  "a connection cut inside of a body": { kind: "cut" },
};

describe("when GitHub is in trouble", () => {
  it.each(Object.entries(faults))(
    "%s is waited for, and nothing is lost or doubled",
    async (_, fault) => {
      await start();
      await complete();
      const before = (await deliveries()).length;
      await settleAll(context);
      const live = await digest(database.db);
      const questions = github.asked.length;

      await forgetEverything(database.db);
      await database.db.deleteFrom("backfills").execute();
      github.reset();
      github.fault = (question) => (question % 7 === 3 ? fault : undefined);
      await start();
      expect((await complete()).state).toBe("done");
      expect(github.asked.length).toBeGreaterThan(questions);
      expect((await deliveries()).length).toBe(before);
      await settleAll(context);
      expect(await digest(database.db)).toBe(live);
    },
  );

  it("waits as long as it is told, and says so", async () => {
    github.fault = (question) => (question === 2 ? faults["429 with retry-after"] : undefined);
    await start();
    await turn();
    expect(await only()).toMatchObject({ state: "running", next_at: new Date(now + 7_000) });
    expect((await listBackfills(context, { limit: 10 })).items[0]).toMatchObject({
      state: "running",
      waitsUntil: new Date(now + 7_000).toISOString(),
      error: "Its limit of questions is reached.",
    });
    expect(await turn()).toBe(false);
    now += 7_000;
    expect(await turn()).toBe(true);
  });

  it("asks no more once an answer used up the limit, until it is reset", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(Math.floor(Date.now() / 1_000) + 90),
      });
      response.end(JSON.stringify({ full_name: repository, default_branch: "main" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await start({ api: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    await turn();
    server.close();
    const { next_at, progress } = await only();
    expect(progress.found).toEqual({ repository, branch: "main" });
    const waits = (next_at?.getTime() ?? 0) - now;
    expect(waits).toBeGreaterThan(80_000);
    expect(waits).toBeLessThan(100_000);
  });

  it("gives up after many tries in a row, in words, and goes on when asked to", async () => {
    github.fault = () => ({ kind: "answer", status: 500 });
    await start();
    expect(await complete()).toMatchObject({
      state: "failed",
      error: "It answered 500. It was tried 21 times.",
    });
    github.fault = () => undefined;
    await changeBackfill(context, (await only()).id, { state: "running" });
    expect((await complete()).state).toBe("done");
  });

  it("leaves out what the token may not see, in words, and fetches the rest", async () => {
    github.fault = (_, path) =>
      path.includes("/actions/")
        ? {
            kind: "answer",
            status: 403,
            message: "Resource not accessible by personal access token",
          }
        : undefined;
    await start();
    expect((await complete()).state).toBe("done");
    const [{ phases = [] } = {}] = (await listBackfills(context, { limit: 1 })).items;
    expect(phases.find((phase) => phase.name === "workflow_runs")).toMatchObject({
      state: "skipped",
      problem: "It answered 403: Resource not accessible by personal access token",
    });
    await settleAll(context);
    expect(await counts()).toEqual({ ...everything, builds: 0 });
  });

  it.each([
    [401, "It does not take this token (401)."],
    [404, "It knows no repository of this name, or this token may not see it (404)."],
  ])("%i needs a person: %s", async (status, error) => {
    github.fault = () => ({ kind: "answer", status });
    await start();
    expect(await complete()).toMatchObject({ state: "failed", error });
    github.fault = () => undefined;
    await changeBackfill(context, (await only()).id, { state: "running", token: "another-token" });
    expect((await complete()).state).toBe("done");
    expect(github.tokens).toContain("Bearer another-token");
  });
});

describe("its token", () => {
  it("goes to the API alone: no redirect and no page elsewhere is followed", async () => {
    const elsewhere = await TestGithub.start();
    try {
      github.fault = () => ({ kind: "redirect", to: elsewhere.api });
      await start();
      expect(await complete()).toMatchObject({
        state: "failed",
        error: expect.stringContaining("none is followed"),
      });
      github.fault = () => undefined;
      github.linksTo = elsewhere.api;
      await changeBackfill(context, (await only()).id, { state: "running" });
      const { progress } = await complete();
      expect(progress.tallies.commits?.problem).toContain("at another address");
      expect(elsewhere.asked).toEqual([]);
    } finally {
      elsewhere.close();
    }
  });

  it("is in no answer, row, delivery or audit in plain", async () => {
    await start();
    github.fault = (question) => (question === 4 ? { kind: "answer", status: 500 } : undefined);
    await turn();
    expect(github.tokens).toEqual(new Set(["Bearer a-secret-token"]));
    const kept = JSON.stringify([
      await only(),
      (await deliveries()).map(({ body, headers }) => [body.toString(), headers]),
      await database.db.selectFrom("audit").selectAll().execute(),
      await listBackfills(context, { limit: 10 }),
    ]);
    expect(kept).not.toContain("a-secret-token");
    expect(kept).toContain("sealed_token");
  });
});

describe("a process that ends", () => {
  it("between questions leaves what it has, for another to go on with at once", async () => {
    const ending = new AbortController();
    github.onAsk = (question) => {
      if (question === 9) ending.abort();
    };
    await start();
    await turn("one", ending.signal);
    expect(await only()).toMatchObject({ state: "running", lease_holder: null, error: null });
    await turn("two");
    expect((await only()).state).toBe("done");
    await settleAll(context);
    expect(await counts()).toEqual(everything);
  });

  it("by kill -9 is taken over when its lease runs out, with nothing lost", async () => {
    now = Date.now();
    await start();
    const killed = new Promise<void>((resolve) => {
      const child = spawn(
        process.execPath,
        ["--import", "tsx", "lib/backfill/testing-child.ts", database.url],
        { stdio: "ignore" },
      );
      github.onAsk = (question) => {
        if (question === 12) child.kill("SIGKILL");
        return question === 12 ? new Promise(() => undefined) : undefined;
      };
      child.once("exit", () => resolve());
    });
    await killed;
    github.onAsk = () => undefined;
    const { progress, lease_holder } = await only();
    expect(progress.phase).toBeGreaterThan(0);
    expect(lease_holder).not.toBeNull();
    expect(await turn("two")).toBe(false);
    now = Date.now() + 120_000;
    expect((await complete()).state).toBe("done");
    await settleAll(context);
    expect(await counts()).toEqual(everything);
  });

  it("whose lease was taken over writes nothing more", async () => {
    await start();
    github.onAsk = async (question) => {
      if (question !== 5) return;
      await database.db.updateTable("backfills").set({ lease_holder: "two" }).execute();
    };
    await turn("one");
    const { lease_holder, progress } = await only();
    const before = progress.tallies.commits;
    expect(lease_holder).toBe("two");
    await turn("one");
    expect((await only()).progress.tallies.commits).toEqual(before);
  });

  it("is not missed by two at once: each takes what nobody is at", async () => {
    await start();
    const took = await Promise.all(["one", "two", "three"].map((holder) => turn(holder)));
    expect(took.filter(Boolean)).toHaveLength(1);
    expect((await only()).state).toBe("done");
  });
});

describe("a person", () => {
  it("pauses it between steps, and goes on with it", async () => {
    const { id } = await start();
    github.onAsk = async (question) => {
      if (question === 6) await changeBackfill(context, id, { state: "paused" });
    };
    await turn();
    const questions = github.asked.length;
    expect(await only()).toMatchObject({ state: "paused", lease_holder: null });
    expect(await turn()).toBe(false);
    github.onAsk = () => undefined;
    await changeBackfill(context, id, { state: "running" });
    expect((await complete()).state).toBe("done");
    expect(github.asked.length).toBeGreaterThan(questions);
  });

  it("stops it for good: it forgets its token, and another may be begun", async () => {
    const { id } = await start();
    await expect(start()).rejects.toMatchObject({ code: "conflict" });
    await changeBackfill(context, id, { state: "stopped" });
    expect(await only()).toMatchObject({ state: "stopped", sealed_token: null });
    await expect(changeBackfill(context, id, { state: "running" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await turn()).toBe(false);
    expect((await start()).state).toBe("running");
    const actions = await database.db
      .selectFrom("audit")
      .select("action")
      .orderBy("id", "desc")
      .limit(3)
      .execute();
    expect(actions.map(({ action }) => action)).toEqual([
      "backfill.started",
      "backfill.stopped",
      "backfill.started",
    ]);
  });

  it("is told which source to name, and which address cannot be an API's", async () => {
    const refused = { code: "invalid_field" };
    await expect(start({ source: "nobody" })).rejects.toMatchObject(refused);
    await expect(start({ api: "http://169.254.169.254" })).rejects.toMatchObject(refused);
    await expect(start({ api: "http://ana:hunter2@127.0.0.1" })).rejects.toMatchObject(refused);
    context = await contextWith({ sources: [] });
    await expect(start()).rejects.toThrow("No source of GitHub is set up");
    context = await contextWith({ sources: ["a", "b"].map((name) => testSource({ name })) });
    await expect(start()).rejects.toThrow("several sources");
    expect((await start({ source: "b" })).source).toBe("b");
  });
});
