import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CommitGraph, walkLimit } from "./commit-graph";
import { type Commit, graphOf } from "./testing";

const compare = (commits: Record<string, Commit>, from: string, to: string) =>
  new CommitGraph("acme/shop", graphOf(commits)).compare(from, to);
const commitsOf = (parents: Record<string, string[] | undefined>) =>
  Object.fromEntries(
    Object.entries(parents).map(([revision, own]) => [revision, { parents: own }]),
  );

describe("Change set: commits reachable from the new revision and not from the one that ran before", () => {
  const forked = commitsOf({
    base: ["root"],
    main1: ["base"],
    main2: ["main1"],
    side1: ["base"],
    side2: ["side1"],
    merge: ["main2", "side2"],
    root: [],
  });

  test("along a line, newest first", () => {
    expect(compare(forked, "base", "main2")).toEqual({
      relation: "newer",
      added: ["main2", "main1"],
      removed: [],
      removedKnown: true,
    });
  });

  test("with a merge, all that it brought", () => {
    expect(new Set(compare(forked, "main2", "merge").added)).toEqual(
      new Set(["merge", "side2", "side1"]),
    );
  });

  test("backwards nothing is added, and what is left behind is named", () => {
    const back = compare(forked, "merge", "main1");
    expect(back.relation).toBe("older");
    expect(back.added).toEqual([]);
    expect(new Set(back.removed)).toEqual(new Set(["merge", "main2", "side2", "side1"]));
  });

  test("diverged revisions stand apart, and both sides are known", () => {
    const apart = compare(forked, "main2", "side2");
    expect(apart.relation).toBe("apart");
    expect(apart.added).toEqual(["side2", "side1"]);
    expect(apart.removed).toEqual(["main2", "main1"]);
  });
});

describe("A set is known only if every path back ends in the old revision's history", () => {
  test("a gap makes it unknown, never all of history", () => {
    const gap = commitsOf({ old: ["older"], older: [], tip: ["lost"] });
    expect(compare(gap, "old", "tip").added).toBeNull();
  });

  test("one path of a merge that is unknown makes all of it unknown, yet newer", () => {
    const gap = commitsOf({ old: [], tip: ["old", "side"], side: ["lost"] });
    expect(compare(gap, "old", "tip")).toMatchObject({ added: null, relation: "newer" });
  });

  test("a revision nobody has told of is unknown, from either side", () => {
    const line = commitsOf({ old: ["root"], root: [] });
    expect(compare(line, "old", "ghost")).toMatchObject({ added: null, relation: "apart" });
    expect(compare(line, "ghost", "old")).toMatchObject({ added: null, relation: "apart" });
  });

  test("a path that ends in a root of its own is not the old revision's history", () => {
    expect(compare(commitsOf({ old: [], tip: [] }), "old", "tip").added).toBeNull();
  });

  test("a revision known only as somebody's parent still ends a path", () => {
    expect(compare(commitsOf({ tip: ["horizon"] }), "horizon", "tip")).toMatchObject({
      added: ["tip"],
      relation: "newer",
    });
    expect(compare(commitsOf({ tip: ["horizon"] }), "tip", "horizon").relation).toBe("older");
  });
});

test("commits that are each other's parents end the walk", () => {
  const ring = commitsOf({ a: ["b"], b: ["c"], c: ["a"], tip: ["a"] });
  expect(compare(ring, "a", "tip").relation).toBe("newer");
  for (const from of Object.keys(ring)) {
    for (const to of Object.keys(ring)) expect(compare(ring, from, to).removed).toBeDefined();
  }
});

test("beyond its limit a walk says unknown", () => {
  const line: Record<string, Commit> = { c0: { parents: [] } };
  for (let index = 1; index <= walkLimit + 10; index++) {
    line[`c${index}`] = { parents: [`c${index - 1}`] };
  }
  expect(compare(line, "c10", `c${walkLimit}`).added).toHaveLength(walkLimit - 10);
  expect(compare(line, "c0", `c${walkLimit + 10}`).added).toBeNull();
});

test("property: exact on any history, whatever the order commits are met in", () => {
  const histories = fc.integer({ min: 2, max: 24 }).chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc.uniqueArray(fc.integer({ min: 0, max: Math.max(0, index - 1) }), {
          maxLength: index === 0 ? 0 : 3,
          minLength: index === 0 ? 0 : 1,
        }),
      ),
    ),
  );
  fc.assert(
    fc.property(histories, fc.nat(), fc.nat(), fc.nat(), (parents, a, b, c) => {
      const size = parents.length;
      const name = (index: number) => `c${index}`;
      const graph = new CommitGraph(
        "acme/shop",
        graphOf(commitsOf(Object.fromEntries(parents.map((own, i) => [name(i), own.map(name)])))),
      );
      const reachable = (from: number): Set<string> =>
        new Set([name(from), ...(parents[from] ?? []).flatMap((own) => [...reachable(own)])]);
      const minus = (left: Set<string>, right: Set<string>) =>
        [...left].filter((one) => !right.has(one)).sort();
      graph.compare(name(c % size), name(a % size));
      const found = graph.compare(name(a % size), name(b % size));
      const [ofA, ofB] = [reachable(a % size), reachable(b % size)];
      expect(found.added?.slice().sort()).toEqual(minus(ofB, ofA));
      expect(found.removed.slice().sort()).toEqual(minus(ofA, ofB));
    }),
    { numRuns: 500 },
  );
});
