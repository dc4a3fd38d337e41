import fc from "fast-check";
import { expect, test } from "vitest";
import { CommitGraph, type Comparison } from "./commit-graph";
import type { ChangeGraph } from "./types";

/** Of each commit its parents, which may lie anywhere (rings included); null where unknown. */
type History = (number[] | null)[];

const size = 14;
const anyCommit = fc.nat(size - 1);
const ordered: fc.Arbitrary<History> = fc.tuple(
  ...Array.from({ length: size }, (_, index) =>
    fc.option(fc.uniqueArray(fc.nat(Math.max(0, index - 1)), { maxLength: index === 0 ? 0 : 3 }), {
      freq: 8,
    }),
  ),
);
const tangled: fc.Arbitrary<History> = fc.array(
  fc.option(fc.uniqueArray(anyCommit, { maxLength: 2 }), { freq: 6 }),
  { minLength: size, maxLength: size },
);
const times = fc.array(fc.nat(6), { minLength: size, maxLength: size });

const name = (commit: number) => `c${commit}`;

function historyOf(history: History, commit: number): Set<number> {
  const seen = new Set([commit]);
  for (const next of seen) for (const parent of history[next] ?? []) seen.add(parent);
  return seen;
}

/** Heights as they are kept: the latest time in a commit's history, so that rings are of one height. */
function graphOf(history: History, time: number[]): ChangeGraph {
  const at = (revision: string) => Number(revision.slice(1));
  return {
    parents: (_, revision) => history[at(revision)]?.map(name) ?? null,
    height: (_, revision) =>
      Math.max(...[...historyOf(history, at(revision))].map((commit) => time[commit] ?? 0)),
    change: () => null,
    concerns: () => true,
  };
}

/** The definition itself, by sets. */
function expected(history: History, from: number, to: number): Comparison {
  const [ofFrom, ofTo] = [historyOf(history, from), historyOf(history, to)];
  const added = [...ofTo].filter((commit) => !ofFrom.has(commit));
  const removed = [...ofFrom].filter((commit) => !ofTo.has(commit));
  if (added.length === ofTo.size)
    return { relation: "apart", added: null, removed: [], removedKnown: false };
  const isWhole = (side: number[]) =>
    side.every(
      (commit) =>
        (history[commit] ?? []).length > 0 &&
        !(history[commit] ?? []).some((parent) => historyOf(history, parent).has(commit)),
    );
  const [newer, older] = [ofTo.has(from), ofFrom.has(to)];
  return {
    relation: newer === older ? "apart" : newer ? "newer" : "older",
    added: isWhole(added) ? added.map(name) : null,
    removed: removed.map(name),
    removedKnown: isWhole(removed),
  };
}

const asSets = ({ added, removed, ...rest }: Comparison) => ({
  ...rest,
  added: added && [...added].sort(),
  removed: [...removed].sort(),
});

test("property: exact on any history, gaps and rings included, whatever was compared before", () => {
  const pairs = fc.array(fc.tuple(anyCommit, anyCommit), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.oneof(ordered, tangled), times, pairs, (history, time, pairs) => {
      const graph = new CommitGraph("acme/shop", graphOf(history, time));
      for (const [from, to] of pairs) {
        const found = graph.compare(name(from), name(to));
        const right = expected(history, from, to);
        // Those of a ring have no order, so none of them is listed.
        if (!right.removedKnown) right.removed = found.removed;
        if (from !== to) expect(asSets(found)).toEqual(asSets(right));
        const alone = new CommitGraph("acme/shop", graphOf(history, time));
        expect(found).toEqual(alone.compare(name(from), name(to)));
        for (const side of [found.added ?? [], found.removed])
          for (const [place, revision] of side.entries())
            for (const parent of history[Number(revision.slice(1))] ?? [])
              expect(side.slice(0, place)).not.toContain(name(parent));
      }
    }),
    { numRuns: 3_000 },
  );
});

test("property: heights change nothing but how far a walk goes", () => {
  fc.assert(
    fc.property(ordered, times, anyCommit, anyCommit, (history, time, from, to) => {
      const { height, ...flat } = graphOf(history, time);
      const compare = (graph: ChangeGraph) =>
        new CommitGraph("acme/shop", graph).compare(name(from), name(to));
      expect(height).toBeDefined();
      expect(compare(flat)).toEqual(compare(graphOf(history, time)));
    }),
    { numRuns: 1_000 },
  );
});
