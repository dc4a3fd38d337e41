import { describe, expect, test } from "vitest";
import { classify } from "./kinds";
import { orderAttempts } from "./order";
import { attempt, type Commit, chain, graphOf, incident } from "./testing";
import type { Attempt, StreamIncident } from "./types";

const line = chain(["v1", "8:00"], ["v2", "9:00"], ["v3", "9:30"], ["v4", "9:40"]);

function run(
  attempts: Attempt[],
  commits: Record<string, Commit> = line,
  more: { production?: boolean; prefix?: string; incidents?: StreamIncident[] } = {},
) {
  return classify(orderAttempts(attempts, more.incidents ?? []), {
    graph: graphOf(commits, more.prefix),
    judgesFailure: more.production ?? true,
  });
}
const kinds = (...given: Parameters<typeof run>) => run(...given).map((one) => one.kind);
/** Deploys the revisions one after the other, an hour apart. */
const deploy = (...revisions: (string | null)[]) =>
  revisions.map((revision, index) => attempt(`d${index + 1}`, revision, `${10 + index}:00`));

describe("Kind of a completed deployment", () => {
  test("first: the stream's first, with no change set", () => {
    const [first] = run(deploy("v2"));
    expect(first).toMatchObject({ kind: "first", changeSet: null, previous: null });
  });

  test("redeploy: the revision that was running", () => {
    expect(kinds(deploy("v1", "v1"))).toEqual(["first", "redeploy"]);
    expect(kinds(deploy("x", "x"), {})).toEqual(["first", "redeploy"]);
  });

  test("redeploy: or a newer one whose known change set for this service is empty", () => {
    const commits = {
      v1: { parents: [], paths: ["apps/web/a"] },
      v2: { parents: ["v1"], paths: ["apps/api/a"] },
      v3: { parents: ["v2"] },
      v4: { parents: ["v3", "lost"], paths: ["apps/api/a"] },
    };
    expect(kinds(deploy("v1", "v2"), commits, { prefix: "apps/web/" })).toEqual([
      "first",
      "redeploy",
    ]);
    expect(kinds(deploy("v1", "v3"), commits, { prefix: "apps/web/" })).toEqual([
      "first",
      "deploy",
    ]);
    expect(kinds(deploy("v3", "v4"), commits, { prefix: "apps/web/" })).toEqual([
      "first",
      "deploy",
    ]);
  });

  test("a diverged one with nothing for this service is no newer one", () => {
    const commits = {
      base: { parents: [], paths: ["apps/web/a"] },
      main: { parents: ["base"], paths: ["apps/web/a"] },
      side: { parents: ["base"], paths: ["docs/a"] },
    };
    expect(kinds(deploy("main", "side"), commits, { prefix: "apps/web/" })).toEqual([
      "first",
      "deploy",
    ]);
  });

  test("rollback: a strict ancestor of the running revision, whether it ran here or not", () => {
    expect(kinds(deploy("v1", "v2", "v1"))).toEqual(["first", "deploy", "rollback"]);
    expect(kinds(deploy("v1", "v3", "v2"))).toEqual(["first", "deploy", "rollback"]);
    expect(kinds(deploy("v3", "v1"))).toEqual(["first", "rollback"]);
  });

  test("rollback: where history is unknown, a revision whose first success here precedes the running one's", () => {
    expect(kinds(deploy("a", "b", "c", "a", "b"), {})).toEqual([
      "first",
      "deploy",
      "deploy",
      "rollback",
      "deploy",
    ]);
  });

  test("rollback: and where it has diverged", () => {
    const forked = {
      base: { parents: [] },
      one: { parents: ["base"] },
      two: { parents: ["base"] },
      three: { parents: ["base"] },
    };
    expect(kinds(deploy("one", "two", "one", "three"), forked)).toEqual([
      "first",
      "deploy",
      "rollback",
      "deploy",
    ]);
  });

  test("after a rollback the running revision is the older one", () => {
    const placed = run(deploy("v1", "v2", "v3", "v2", "v3"));
    expect(placed.map((one) => one.kind)).toEqual([
      "first",
      "deploy",
      "deploy",
      "rollback",
      "deploy",
    ]);
    expect(placed[4]?.changeSet?.changes.map((change) => change.revision)).toEqual(["v3"]);
  });

  test("deploy: all else, retrying a withdrawn revision included", () => {
    const retried = run(deploy("v1", "v2", "v1", "v2")).at(-1);
    expect(retried?.kind).toBe("deploy");
    expect(retried?.grounds.because).toBe("ran_and_was_undone");
    expect(kinds(deploy("v2", "v1", "v2"))).toEqual(["first", "rollback", "deploy"]);
  });

  test("revisions that are missing are compared by artifact, else by version", () => {
    const built = (id: string, artifact: string | null, version: string | null, hour: number) =>
      attempt(id, null, `${hour}:00`, { artifact, version });
    const attempts = [
      built("1", "sha256:a", "1.0", 10),
      built("2", "sha256:b", "1.1", 11),
      built("3", "sha256:a", null, 12),
      built("4", null, "1.1", 13),
      built("5", null, "1.0", 14),
      built("6", null, null, 15),
    ];
    expect(kinds(attempts)).toEqual([
      "first",
      "deploy",
      "rollback",
      "deploy",
      "rollback",
      "deploy",
    ]);
  });

  test("a revision and a version: compared by what both have", () => {
    const withBoth = attempt("1", "v1", "10:00", { version: "1.0" });
    const versionOnly = attempt("2", null, "11:00", { version: "1.0" });
    expect(kinds([withBoth, versionOnly])).toEqual(["first", "redeploy"]);
  });
});

describe("revert: its changes undo changes that ran here", () => {
  const sha = "abcdef1234567890abcdef1234567890abcdef12";
  const commits = (message: string): Record<string, Commit> => ({
    base: { parents: [] },
    [sha]: { parents: ["base"], message: "Add tax (#7)", pullRequest: { number: 7 } },
    next: { parents: [sha] },
    undo: { parents: ["next"], message },
  });
  const last = (message: string, ...revisions: string[]) =>
    run(deploy(...revisions), commits(message)).at(-1);

  test.each([
    ["its commit", `Take the tax back\n\nThis reverts commit ${sha}.`],
    ["its commit, shortened", "Take the tax back\n\nThis reverts commit abcdef1."],
    ["its title", 'Revert "Add tax"'],
    ["its pull request", "Undo tax\n\nReverts acme/shop#7"],
  ])("by %s", (_by, message) => {
    const revert = last(message, "base", sha, "undo");
    expect(revert?.kind).toBe("revert");
    expect(revert?.reverts).toMatchObject([{ target: { revision: sha, broughtBy: [1] } }]);
  });

  test("what came with the first deployment ran here too", () => {
    const revert = last(`Undo\n\nThis reverts commit ${sha}.`, "next", "undo");
    expect(revert).toMatchObject({ kind: "revert", reverts: [{ target: { broughtBy: [] } }] });
  });

  test("what never ran here alone is not undone by a deployment that brings both", () => {
    expect(last('Revert "Add tax"', "base", "undo")?.kind).toBe("deploy");
    expect(last(`x\n\nThis reverts commit ${sha}.`, "base", "undo")?.kind).toBe("deploy");
  });

  test("a merge is reverted by its own commit", () => {
    const merged = {
      base: { parents: [] },
      "1234567a": { parents: ["base", "side"] },
      side: { parents: ["base"] },
      undo: {
        parents: ["1234567a"],
        message: "x\n\nThis reverts commit 1234567a, reversing\nchanges made to base.",
      },
    };
    expect(kinds(deploy("base", "1234567a", "undo"), merged).at(-1)).toBe("revert");
  });

  test("reverts of reverts are deployments", () => {
    const again = {
      ...commits('Revert "Add tax"'),
      reapply: { parents: ["undo"], message: 'Revert "Revert "Add tax""' },
    };
    expect(kinds(deploy("base", sha, "undo", "reapply"), again).at(-1)).toBe("deploy");
  });

  test("elsewhere only declared revert and fix_forward count", () => {
    const attempts = deploy("base", sha, "undo");
    const graph = commits('Revert "Add tax"');
    expect(kinds(attempts, graph, { production: false }).at(-1)).toBe("deploy");
    const declared = attempts.map((one) =>
      one.id === "d3" ? { ...one, declaredKind: "revert" as const } : one,
    );
    expect(kinds(declared, graph, { production: false }).at(-1)).toBe("revert");
  });
});

describe("what its sender declared and what was derived are both kept", () => {
  test("a person's correction wins, then the declaration", () => {
    const [, second] = deploy("v1", "v2");
    if (!second) throw new Error("no second");
    const declared = { ...second, declaredKind: "rollback" as const };
    const corrected = { ...declared, correctedKind: "redeploy" as const };
    const first = deploy("v1");
    expect(run([...first, declared])[1]).toMatchObject({ kind: "rollback", derivedKind: "deploy" });
    expect(run([...first, corrected])[1]).toMatchObject({
      kind: "redeploy",
      derivedKind: "deploy",
    });
  });
});

test("two services in one repository: each lists its own changes", () => {
  const commits = {
    v1: { parents: [] },
    v2: { parents: ["v1"], paths: ["apps/web/x"] },
    v3: { parents: ["v2"], paths: ["apps/api/x"] },
  };
  const changes = (prefix: string) =>
    run(deploy("v1", "v3"), commits, { prefix })[1]?.changeSet?.changes.map((one) => one.revision);
  expect(changes("apps/web/")).toEqual(["v2"]);
  expect(changes("apps/api/")).toEqual(["v3"]);
});

test("a deployment before its push: unknown, and heals when the missing push arrives", () => {
  const before = { v1: line.v1 } as Record<string, Commit>;
  expect(run(deploy("v1", "v3"), before)[1]?.changeSet).toMatchObject({
    known: false,
    changes: [],
  });
  expect(run(deploy("v1", "v3"), line)[1]?.changeSet).toMatchObject({ known: true });
});

test("an attempt that never completed changes nothing; proven by a confirmed incident it ran", () => {
  const attempts = deploy("v1", "v2", "v1").map((one) =>
    one.id === "d2" ? { ...one, status: "failed" as const } : one,
  );
  expect(kinds(attempts)).toEqual(["first", "redeploy"]);
  const incidents = [incident("i", "11:00", null, { confirmed: ["d2"] })];
  expect(kinds(attempts, line, { incidents })).toEqual(["first", "deploy", "rollback"]);
});
