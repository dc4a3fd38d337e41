import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { followMainBranches, markMainBranches } from "@/lib/slo/follow-main";
import { listMainBranches } from "@/lib/slo/list-main-branches";
import { listSloEvents } from "@/lib/slo/list-slo-events";
import type { Objective } from "@/lib/slo/objective";
import { readSlos } from "@/lib/slo/read-slos";
import { buildRow } from "@/lib/slo/testing";
import { testContext } from "@/lib/testing/context";

const now = "2026-03-20T12:00:00Z";
const brokenAtMostAnHour: Objective = {
  indicator: "main_broken",
  scope: { kind: "all", name: "" },
  thresholdSeconds: 3600,
  target: 0.9,
  windowDays: 28,
};

let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  database = await testDatabase();
  const clock = fixedClock(now);
  context = await testContext(database, { slos: [brokenAtMostAnHour] }, { clock });
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const table of [
    "builds",
    "commits",
    "revision_edges",
    "slo_cells",
    "main_branches",
    "main_breaks",
  ] as const)
    await database.db.deleteFrom(table).execute();
});

const minutesAgo = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000);

interface Built {
  minutes: number;
  failed?: boolean;
  name?: string;
  revision?: string;
  branch?: string;
  repository?: string;
  id?: string;
}

async function build(...builds: Built[]): Promise<void> {
  const rows = builds.map(({ minutes, failed = false, ...more }) =>
    buildRow(minutesAgo(minutes), 60, { status: failed ? "failed" : "succeeded", ...more }),
  );
  await database.db.transaction().execute(async (trx) => {
    await trx.insertInto("builds").values(rows).execute();
    await markMainBranches(
      trx,
      rows.map(({ repository, branch, finished_at }) => ({
        repository,
        branch: branch ?? "",
        from: finished_at as Date,
      })),
    );
  });
}

const main = async () => (await listMainBranches(context, {})).items[0];

async function commit(revision: string, parent: string | null, message: string): Promise<void> {
  await database.db
    .insertInto("commits")
    .values({
      id: revision,
      repository: "acme/checkout",
      revision,
      parents: parent ? [parent] : [],
      paths: null,
      authored_at: null,
      committed_at: null,
      author: null,
      message,
      url: null,
    })
    .execute();
  if (!parent) return;
  await database.db
    .insertInto("revision_edges")
    .values({ repository: "acme/checkout", revision, parent, origin: "commit", said_by: revision })
    .execute();
}

const sha = (letter: string) => letter.repeat(40);

describe("a repository's main branch", () => {
  test("is red since the build that broke it, and says by which revision", async () => {
    await build({ minutes: 90, revision: sha("a") });
    expect(await main()).toMatchObject({ state: "green", since: null, brokenBy: null });
    await build(
      { id: "breaks", minutes: 80, failed: true, revision: sha("b") },
      { minutes: 70, failed: true },
    );
    expect(await main()).toMatchObject({
      repository: "acme/checkout",
      branch: "main",
      state: "red",
      since: minutesAgo(80).toISOString(),
      brokenBy: { build: "breaks", revision: sha("b") },
      mended: null,
    });
  });

  test("heals when a build that came late tells otherwise", async () => {
    await build({ minutes: 90 }, { minutes: 80, failed: true });
    expect((await main())?.state).toBe("red");
    await build({ minutes: 75 });
    expect(await main()).toMatchObject({ state: "green", since: minutesAgo(75).toISOString() });
    await build({ minutes: 85, failed: true });
    await followMainBranches(database.db);
    expect(await database.db.selectFrom("main_breaks").select("began_at").execute()).toEqual([
      { began_at: minutesAgo(85) },
    ]);
  });

  test("is followed for who asks of its repository, and no other one with it", async () => {
    await build(
      { minutes: 80, failed: true },
      { minutes: 70, failed: true, repository: "acme/till" },
    );
    const waiting = () =>
      database.db
        .selectFrom("main_branches")
        .select("repository")
        .where("dirty_from", "is not", null)
        .orderBy("repository")
        .execute();
    const { items } = await listMainBranches(context, { repository: ["ACME/Checkout"] });
    expect(items).toMatchObject([{ repository: "acme/checkout", state: "red" }]);
    expect(await waiting()).toEqual([{ repository: "acme/till" }]);
    await readSlos(context, { repository: ["acme/checkout"] });
    expect(await waiting()).toEqual([{ repository: "acme/till" }]);
    await readSlos(context, {});
    expect(await waiting()).toEqual([]);
  });

  test("takes no notice of other branches, nor of what a provider says is not the default", async () => {
    await build({ minutes: 80 });
    await database.db
      .insertInto("builds")
      .values([
        buildRow(minutesAgo(70), 60, { status: "failed", branch: "feature" }),
        buildRow(minutesAgo(60), 60, { status: "failed", default_branch: false }),
        buildRow(minutesAgo(50), 60, { status: "canceled" }),
      ])
      .execute();
    await database.db
      .updateTable("main_branches")
      .set({ dirty_from: minutesAgo(100) })
      .execute();
    expect((await main())?.state).toBe("green");
  });

  test("says whether a revert or a fix mended it, from the commits in between", async () => {
    await commit(sha("a"), null, "Begin");
    await commit(sha("b"), sha("a"), "Add a cache (#12)");
    await commit(sha("c"), sha("b"), "Tidy up");
    await commit(sha("d"), sha("c"), `Revert it\n\nThis reverts commit ${sha("b")}.`);
    await commit(sha("e"), sha("d"), "Go on");
    await build(
      { minutes: 90, revision: sha("a") },
      { minutes: 80, failed: true, revision: sha("c") },
      { minutes: 70, revision: sha("e") },
    );
    expect((await main())?.mended).toMatchObject({ by: "revert", revision: sha("e") });
    await database.db
      .updateTable("commits")
      .set({ message: "Close the cache" })
      .where("revision", "=", sha("d"))
      .execute();
    expect((await main())?.mended?.by).toBe("fix");
  });

  test("was mended by no change where the same revision passed when built again", async () => {
    await build(
      { minutes: 80, failed: true, revision: sha("b") },
      { minutes: 70, revision: sha("b") },
    );
    expect((await main())?.mended).toMatchObject({ by: null });
  });

  test("is the same in whatever order its builds come", async () => {
    const builds = fc.uniqueArray(
      fc.record({ minutes: fc.integer({ min: 1, max: 500 }), failed: fc.boolean() }),
      { selector: ({ minutes }) => minutes, minLength: 1, maxLength: 12 },
    );
    const order = builds.chain((all) =>
      fc.record({ all: fc.constant(all), cut: fc.nat(all.length) }),
    );
    await fc.assert(
      fc.asyncProperty(order, async ({ all, cut }) => {
        const clear = async () => {
          for (const table of ["builds", "main_branches", "main_breaks"] as const)
            await database.db.deleteFrom(table).execute();
        };
        const named = all.map((each) => ({ ...each, id: `b${each.minutes}` }));
        const breaks = () =>
          database.db.selectFrom("main_breaks").selectAll().orderBy("began_at").execute();
        await clear();
        for (const some of [named.slice(cut), named.slice(0, cut)])
          if (some.length > 0) {
            await build(...some.map((each) => ({ ...each, revision: each.id })));
            await followMainBranches(database.db);
          }
        const inParts = await breaks();
        await clear();
        await build(...named.map((each) => ({ ...each, revision: each.id })));
        await followMainBranches(database.db);
        expect(inParts).toEqual(await breaks());
      }),
      { numRuns: 10 },
    );
  });
});

describe("the objective of a main branch", () => {
  test("is spent by what stayed red too long, mended or not, each with its reason", async () => {
    await build(
      { id: "long", minutes: 900, failed: true, revision: sha("b") },
      { minutes: 780 },
      { id: "short", minutes: 700, failed: true },
      { minutes: 690 },
      { id: "open", minutes: 100, failed: true },
    );
    const { items } = await readSlos(context, { indicator: ["main_broken"] });
    expect(items[0]).toMatchObject({ n: 3, good: 1, state: "exhausted" });
    const bad = await listSloEvents(context, "main_broken", { good: false, limit: 10 });
    expect(bad.items.map(({ id, reason }) => [id, reason])).toEqual([
      ["open", "still red after 1 h 40 min, 40 min over 1 h"],
      ["long", "red for 2 h, 1 h over 1 h"],
    ]);
    expect(bad.items[1]).toMatchObject({
      kind: "main_break",
      name: "acme/checkout · main · broken by bbbbbbb",
      href: `/changes/${sha("b")}`,
      thresholdSeconds: 3600,
    });
  });

  test("is not spent by what has been red for less than the threshold", async () => {
    await build({ minutes: 30, failed: true });
    const { items } = await readSlos(context, { indicator: ["main_broken"] });
    expect(items[0]).toMatchObject({ n: 0, attainment: null });
    expect((await listSloEvents(context, "main_broken", { limit: 10 })).items).toEqual([]);
  });
});
