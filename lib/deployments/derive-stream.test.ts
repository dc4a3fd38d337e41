import { describe, expect, test } from "vitest";
import { at, attempt, incident } from "./testing";
import {
  change,
  confirmed,
  deploy,
  derive,
  failedIds,
  line,
  matched,
  withdrawnIds,
} from "./testing-line";
import type { Attempt } from "./types";

describe("The verdict “no change did it” outranks a rollback", () => {
  const back = deploy("v1", "v2", "v1");

  test("then the rollback was precautionary and the deployment is withdrawn, not failed", () => {
    const none = { verdict: "none" as const };
    const derived = derive(back, [incident("i", "11:10", "13:00", none)]);
    expect(derived.d2).toMatchObject({ failed: false, withdrawn: true });
    expect(derived.d2?.reasons.at(-1)).toContain("precautionary");
    expect(derived.d3).toMatchObject({ kind: "rollback", rework: true });
  });

  test("but not while another incident that nobody has judged is open", () => {
    const derived = derive(back, [
      incident("i", "11:10", "13:00", { verdict: "none" }),
      incident("j", "11:20", "13:00"),
    ]);
    expect(failedIds(derived)).toEqual(["d2"]);
    expect(derived.d2?.failure?.incident).toBe("j");
  });
});

describe("When the confirmed cause is a release, the release failed", () => {
  test("and no deployment does, by match or by rollback", () => {
    const release = { ...matched("d2"), verdict: "confirmed" as const, confirmedRelease: true };
    const derived = derive(deploy("v1", "v2", "v1"), [incident("i", "11:10", "13:00", release)]);
    expect(failedIds(derived)).toEqual([]);
    expect(derived.d2?.withdrawn).toBe(true);
    const declared = incident("i", "11:10", null, { ...matched("d2"), confirmedRelease: true });
    expect(failedIds(derive(deploy("v1", "v2"), [declared]))).toEqual([]);
  });
});

describe("A remedy itself fails only by an incident opened after its finish, a verdict or a declaration", () => {
  test("a rollback or redeploy that caused an incident is a failed remedy, counted apart", () => {
    const derived = derive(deploy("v1", "v2", "v1", "v1"), [
      incident("i", "12:10", null, matched("d3")),
      incident("j", "13:10", null, confirmed("d4")),
    ]);
    for (const id of ["d3", "d4"]) {
      expect(derived[id]).toMatchObject({ failed: false, failedRemedy: true, failure: null });
    }
  });

  test("a match with an incident opened before its finish does not fail it", () => {
    const before = incident("i", "11:58", "12:30", matched("d3"));
    expect(derive(deploy("v1", "v2", "v1"), [before]).d3?.failedRemedy).toBe(false);
    const named = { ...before, matches: [], ...confirmed("d3") };
    expect(derive(deploy("v1", "v2", "v1"), [named]).d3?.failedRemedy).toBe(true);
  });

  test("a fix forward that is rolled back is withdrawn", () => {
    const commits = { ...line, fix: { parents: ["v2"], authored: "11:20" } };
    const derived = derive(
      [...deploy("v1", "v2"), attempt("fix", "fix", "11:40"), attempt("back", "v1", "12:30")],
      [incident("i", "11:10", "11:50", matched("d2"))],
      { commits },
    );
    expect(derived.fix).toMatchObject({ kind: "fix_forward", failed: false, withdrawn: true });
    expect(failedIds(derived)).toEqual(["d2"]);
  });

  test("a fix forward that caused an incident after its finish failed", () => {
    const commits = { ...line, fix: { parents: ["v2"], authored: "11:20" } };
    const derived = derive(
      [...deploy("v1", "v2"), attempt("fix", "fix", "11:40")],
      [
        incident("i", "11:10", "11:50", matched("d2")),
        incident("j", "12:10", null, matched("fix")),
      ],
      { commits },
    );
    expect(failedIds(derived)).toEqual(["d2", "fix"]);
  });

  test("a hotfix replaced by a hotfix does not fail by that", () => {
    const twice = change(deploy("v1", "v2", "v3", "v4"), "d3", { hotfix: true });
    expect(failedIds(derive(change(twice, "d4", { hotfix: true })))).toEqual(["d2"]);
  });

  test("a revert that is rolled back is withdrawn, and the latest that is no remedy failed", () => {
    const commits = {
      ...line,
      undo: { parents: ["v3"], authored: "5 8:00", message: 'Revert "v2"' },
    };
    const derived = derive(
      [
        ...deploy("v1", "v2", "v3"),
        attempt("undo", "undo", "5 9:00"),
        attempt("back", "v2", "5 10:00"),
      ],
      [],
      { commits },
    );
    expect(derived.undo).toMatchObject({ kind: "revert", failed: false, withdrawn: true });
    expect(failedIds(derived)).toEqual(["d3"]);
  });
});

describe("An attempt that never completed is a failed attempt, counted apart", () => {
  const attempts = change(deploy("v1", "v2", "v1"), "d2", { status: "failed" });

  test("it has no kind and fails nothing", () => {
    const derived = derive(attempts, [incident("i", "11:10", null, matched("d2"))]);
    expect(derived.d2).toMatchObject({
      completed: false,
      kind: null,
      failed: false,
      failedAttempt: true,
      previous: "d1",
      changesKnown: null,
    });
    expect(derived.d3?.kind).toBe("redeploy");
  });

  test("a confirmed incident makes it a failed deployment, and running the old revision again is then its rollback", () => {
    const derived = derive(attempts, [incident("i", "11:10", "12:10", confirmed("d2"))]);
    expect(derived.d2).toMatchObject({ completed: true, failed: true, failedAttempt: false });
    expect(derived.d3?.kind).toBe("rollback");
    expect(derived.d2?.failure?.heldBy).toBe("rollback");
  });

  test("running and canceled attempts have not failed", () => {
    for (const status of ["running", "queued", "canceled"] as const) {
      expect(derive(change(attempts, "d2", { status })).d2?.failedAttempt).toBe(false);
    }
  });
});

describe("Failure is judged in tier production", () => {
  const elsewhere = { tier: "staging" };
  const everything = [incident("i", "11:10", "13:00", confirmed("d2"))];

  test("elsewhere nothing fails and nothing is withdrawn", () => {
    const derived = derive(deploy("v1", "v2", "v1"), everything, elsewhere);
    expect(failedIds(derived)).toEqual([]);
    expect(withdrawnIds(derived)).toEqual([]);
    expect(derived.d3).toMatchObject({ kind: "rollback", rework: true });
  });

  test("elsewhere only declared revert and fix_forward count", () => {
    const commits = { ...line, fix: { parents: ["v2"], authored: "11:20" } };
    const attempts = [...deploy("v1", "v2"), attempt("fix", "fix", "11:40")];
    const kind = (more: Partial<Attempt>) =>
      derive(change(attempts, "fix", more), everything, { ...elsewhere, commits }).fix;
    expect(kind({})).toMatchObject({ kind: "deploy", rework: false });
    expect(kind({ declaredKind: "fix_forward" })).toMatchObject({ rework: true });
    expect(kind({ declaredKind: "revert" })).toMatchObject({ kind: "revert", rework: true });
    expect(kind({ hotfix: true })).toMatchObject({ kind: "fix_forward", rework: true });
  });
});

test("An incident of one service caused by another's deployment is a failure of the other's stream", () => {
  const others = incident("i", "11:10", "12:00", { ofStream: false, ...matched("d2") });
  expect(derive(deploy("v1", "v2"), [others]).d2?.failure).toMatchObject({
    incident: "i",
    restoredAt: at("12:00"),
  });
});

test("an incident without a service fails only what a person names", () => {
  const nameless = { ofStream: false, withoutService: true };
  const two = deploy("v1", "v2");
  const byMatch = incident("i", "11:10", null, { ...nameless, ...matched("d2") });
  const byName = incident("i", "11:10", null, { ...nameless, ...confirmed("d2") });
  expect(failedIds(derive(two, [byMatch]))).toEqual([]);
  expect(failedIds(derive(two, [byName]))).toEqual(["d2"]);
});

test("a retried withdrawn version is a deployment whose changes have a null lead time", () => {
  const derived = derive(deploy("v1", "v2", "v1", "v2"));
  expect(derived.d2?.changes).toMatchObject([{ revision: "v2", leadTimeSeconds: 10_200 }]);
  expect(derived.d4).toMatchObject({ kind: "deploy", failed: false, rework: false });
  expect(derived.d4?.changes).toMatchObject([{ revision: "v2", leadTimeSeconds: null }]);
});

test("an older revision that never ran is a rollback, in words too", () => {
  const derived = derive(deploy("v1", "v4", "v2"));
  expect(derived.d3?.reasons).toEqual([
    "rollback: v2 never ran here and is 2 changes older than v4",
  ]);
  expect(derive(deploy("v1", "v2", "v1")).d3?.reasons).toEqual([
    "rollback: v1 ran here until 2026-11-02 11:00 UTC and is 1 change older than v2",
  ]);
});

test("a deployment before its push: unknown, with a reason", () => {
  const derived = derive(deploy("v1", "ghost"));
  expect(derived.d2).toMatchObject({ kind: "deploy", changesKnown: false, changes: [] });
  expect(derived.d2?.reasons.join()).toContain("changes unknown");
});

test("words for a correction, a declaration and what they outrank", () => {
  const corrected = change(deploy("v1", "v2"), "d2", {
    correctedKind: "rollback",
    correctionNote: "same as 1.4",
  });
  expect(derive(corrected).d2?.reasons).toContain("rollback: a person's correction (same as 1.4)");
  const declared = change(deploy("v1", "v2"), "d2", { declaredKind: "rollback" });
  expect(derive(declared).d2).toMatchObject({ kind: "rollback", derivedKind: "deploy" });
  expect(derive(declared).d2?.reasons[1]).toContain("declared by its sender");
});
