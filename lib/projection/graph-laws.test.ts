import fc from "fast-check";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { CommitGraph } from "@/lib/deployments/commit-graph";
import { KnownHistories } from "@/lib/deployments/known-histories";
import { readWholeGraph } from "@/lib/deployments/testing-whole-graph";
import type { ChangeGraph } from "@/lib/deployments/types";
import { withGraph } from "@/lib/deployments/with-graph";
import { digestTables } from "@/lib/facts/digest";
import { shareHistories } from "@/lib/projection/rebuild/share-histories";
import {
  clock,
  contextOver,
  deliver,
  deploy,
  forgetEverything,
  github,
  native,
  type Posted,
  push,
  settleAll,
  sha,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";

const database = projectionDatabase();
const shop = "acme/checkout";
const names = Array.from({ length: 10 }, (_, index) => `c${index}`);
const anyName = fc.constantFrom(...names);

/** Ten minutes apart, so that what is told in the order of names goes forward in time. */
const timeOf = (tens: number) =>
  `${String(7 + Math.floor(tens / 6)).padStart(2, "0")}:${tens % 6}0`;

/** A commit with its parents, as an API tells it; parents may even close a ring. */
const anyCommit = fc
  .record({
    name: anyName,
    parents: fc.option(fc.uniqueArray(anyName, { maxLength: 2 })),
    at: fc.nat(60),
    picked: fc.option(anyName, { freq: 4 }),
  })
  .map(({ name, parents, at, picked }) =>
    native(timeOf(at), {
      type: "change",
      id: name,
      repository: shop,
      revision: sha(name),
      ...(parents && { parents: parents.filter((one) => one !== name).map(sha) }),
      authoredAt: clock(timeOf(at)),
      message: picked ? `${name}\n\n(cherry picked from commit ${sha(picked)})` : name,
    }),
  );

const anyPush = fc
  .record({
    branch: fc.constantFrom("main", "main", "taxes"),
    before: fc.option(anyName, { freq: 8 }),
    commits: fc.uniqueArray(anyName, { minLength: 1, maxLength: 4 }),
    inOrder: fc.boolean(),
    at: fc.nat(60),
    forced: fc.boolean(),
  })
  .map(({ branch, before, commits, inOrder, at, forced }) =>
    push(
      shop,
      timeOf(at),
      before,
      (inOrder ? commits.toSorted() : commits).map((name) => ({
        name,
        at: timeOf(names.indexOf(name) * 3),
      })),
      { ref: `refs/heads/${branch}`, forced: forced && before !== null },
    ),
  );

const anyPullRequest = fc
  .record({
    number: fc.constantFrom(7, 8),
    head: anyName,
    merge: anyName,
    opened: fc.nat(30),
    merged: fc.nat(60),
  })
  .map(({ number, head, merge, opened, merged }) =>
    github("pull_request", timeOf(merged), {
      action: "closed",
      repository: { full_name: shop },
      pull_request: {
        number,
        title: "Taxes",
        merged: true,
        created_at: clock(timeOf(opened)),
        updated_at: clock(timeOf(merged)),
        merged_at: clock(timeOf(merged)),
        closed_at: clock(timeOf(merged)),
        merge_commit_sha: sha(merge),
        head: { ref: "taxes", sha: sha(head) },
        base: { ref: "main", sha: sha("c0") },
        user: { login: "ana" },
      },
    }),
  );

const anyDeployments = fc
  .array(fc.record({ name: anyName, at: fc.nat(60) }), { minLength: 2, maxLength: 5 })
  .map((all) =>
    all.map(({ name, at }, index): Posted[] =>
      deploy(shop, index + 1, name, [timeOf(at), timeOf(at), timeOf(at)]).slice(-1),
    ),
  );

/** What is told of one repository, with wrong pushes and orders that contradict each other. */
const anyTale = fc
  .tuple(
    fc.array(fc.oneof(anyCommit, { weight: 2, arbitrary: anyPush }), { maxLength: 10 }),
    fc.array(anyPullRequest, { maxLength: 2 }),
    anyDeployments,
  )
  .map(([told, pullRequests, deployments]) => [...told, ...pullRequests, ...deployments.flat()]);

const context = () => contextOver(database.db);
const everywhere = () => true;

/** All that may be asked of a graph: how any two revisions stand, and what is known of each. */
function everything(graph: ChangeGraph) {
  const commits = new CommitGraph(shop, graph);
  const revisions = names.map(sha);
  return {
    compared: revisions.flatMap((from) => revisions.map((to) => commits.compare(from, to))),
    changes: revisions.map((revision) => graph.change(shop, revision)),
  };
}

async function compareParts(): Promise<void> {
  const { db } = database;
  const whole = await readWholeGraph(db, [shop], everywhere);
  expect(await withGraph(db, [shop], everywhere, everything)).toEqual(everything(whole));
  // One pair alone goes through its rounds with as little as can be.
  for (const [from, to] of [[names[0], names[7]] as const, [names[8], names[3]] as const]) {
    const compare = (graph: ChangeGraph) =>
      new CommitGraph(shop, graph).compare(sha(from ?? ""), sha(to ?? ""));
    expect(await withGraph(db, [shop], everywhere, compare)).toEqual(compare(whole));
    // What is expected beforehand, right or wrong, changes nothing.
    const expected = [from, names[5]].map((name = "") => ({
      repository: shop,
      revision: sha(name),
    }));
    expect(await withGraph(db, [shop], everywhere, compare, expected)).toEqual(compare(whole));
    expect(await withGraph(db, [shop], everywhere, everything, expected)).toEqual(
      everything(whole),
    );
  }
  // What others asked for first, or what is read for all, changes nothing either.
  for (const shared of [new KnownHistories(), shareHistories(db), shareHistories(db, 3)]) {
    for (const name of [names[9], names[2], names[5]]) {
      const change = (graph: ChangeGraph) => graph.change(shop, sha(name ?? ""));
      const expected = [{ repository: shop, revision: sha(name ?? "") }];
      const known = await withGraph(db, [shop], everywhere, change, expected, shared);
      expect(known).toEqual(change(whole));
    }
    expect(await withGraph(db, [shop], everywhere, everything, [], shared)).toEqual(
      everything(whole),
    );
  }
  const { rows } = await sql`
    select from revision_edges e
    left join revision_heights c on c.repository = e.repository and c.revision = e.revision
    left join revision_heights p on p.repository = e.repository and p.revision = e.parent
    where c.height is null or (e.parent <> '' and (p.height is null or c.height < p.height))`.execute(
    db,
  );
  expect(rows).toHaveLength(0);
}

it("a graph of which only the parts asked for are read answers as the whole one", async () => {
  const tale = fc.tuple(anyTale, fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 12 }));
  const property = fc.asyncProperty(tale, async ([told, keys, atOnce]) => {
    const { db } = database;
    await forgetEverything(db);
    const shuffled = told
      .map((delivery) => ({ delivery, key: keys.next().value }))
      .sort((a, b) => a.key - b.key)
      .map(({ delivery }) => delivery);
    for (let first = 0; first < shuffled.length; first += atOnce) {
      await deliver(db, shuffled.slice(first, first + atOnce));
      await settleAll(context());
    }
    await compareParts();
    const piecemeal = await digestTables(db);

    await forgetEverything(db);
    await deliver(db, told);
    await settleAll(context());
    expect(piecemeal).toEqual(await digestTables(db));
  });
  await fc.assert(property, { numRuns: 25, endOnFailure: false });
}, 240_000);
