import { describe, expect, test } from "vitest";
import { classify } from "./kinds";
import { orderAttempts } from "./order";
import { attempt, type Commit, chain, graphOf } from "./testing";
import type { Attempt } from "./types";

const line = chain(["v1", "8:00"], ["v2", "9:00"], ["v3", "9:30"], ["v4", "9:40"]);

function run(attempts: Attempt[], commits: Record<string, Commit> = line) {
  return classify(orderAttempts(attempts, []), { graph: graphOf(commits), judgesFailure: true });
}
/** Deploys the revisions one after the other, an hour apart. */
const deploy = (...revisions: (string | null)[]) =>
  revisions.map((revision, index) => attempt(`d${index + 1}`, revision, `${10 + index}:00`));

describe("what a rollback undoes", () => {
  const undone = (...given: Parameters<typeof run>) => run(...given).map((one) => one.undoes);

  test("every revision above its target that is still in effect", () => {
    expect(undone(deploy("v1", "v2", "v3", "v1"))).toEqual([[], [], [], [1, 2]]);
    expect(undone(deploy("v1", "v2", "v3", "v2", "v1"))).toEqual([[], [], [], [2], [1]]);
    expect(undone(deploy("a", "b", "c", "a"), {})).toEqual([[], [], [], [1, 2]]);
  });

  test("down to an older revision that never ran", () => {
    expect(undone(deploy("v1", "v3", "v4", "v2"))).toEqual([[], [], [], [1, 2]]);
  });

  test("what was withdrawn before is not undone again", () => {
    expect(undone(deploy("v1", "v2", "v1", "v3", "v1"))).toEqual([[], [], [1], [], [3]]);
  });

  test("a declared rollback to what nothing is known of undoes what ran, no more", () => {
    const attempts = deploy("a", "b", "c", "ghost");
    const declared = attempts.map((one) =>
      one.id === "d4" ? { ...one, declaredKind: "rollback" as const } : one,
    );
    expect(undone(declared, {}).at(-1)).toEqual([2]);
  });

  test("nothing where the sender declared another kind", () => {
    const attempts = deploy("v1", "v2", "v1", "v3", "v2");
    const declared = attempts.map((one) =>
      one.id === "d3" ? { ...one, declaredKind: "deploy" as const } : one,
    );
    expect(undone(declared)).toEqual([[], [], [], [], [3]]);
  });
});

describe("A change ships once per stream", () => {
  const newly = (...given: Parameters<typeof run>) =>
    run(...given).map((one) => [...one.newlyShipped].map((change) => change.revision));

  test("shipping it again after a rollback ships nothing new", () => {
    expect(newly(deploy("v1", "v2", "v1", "v3"))).toEqual([[], ["v2"], [], ["v3"]]);
  });

  test("what came with the first deployment shipped then", () => {
    expect(newly(deploy("v3", "v1", "v4"))).toEqual([[], [], ["v4"]]);
  });

  test("a cherry-pick ships its original", () => {
    const picked = {
      base: { parents: [] },
      abcdef1: { parents: ["base"] },
      hotfix: { parents: ["base"], message: "x\n\n(cherry picked from commit abcdef1)" },
    };
    expect(newly(deploy("base", "hotfix", "abcdef1"), picked)).toEqual([[], ["hotfix"], []]);
  });
});
