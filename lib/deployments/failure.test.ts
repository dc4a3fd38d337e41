import { describe, expect, test } from "vitest";
import { at, attempt, type Commit, incident } from "./testing";
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
import type { StreamIncident } from "./types";

describe("V1→V2→V3→V1", () => {
  const back = deploy("v1", "v2", "v3", "v1");

  test("with no incident: the latest failed; the rest are withdrawn", () => {
    const derived = derive(back);
    expect(failedIds(derived)).toEqual(["d3"]);
    expect(withdrawnIds(derived)).toEqual(["d2"]);
    expect(derived.d3?.failure).toMatchObject({
      reason: "rolled_back",
      incident: null,
      heldBy: "rollback",
      restoredAt: at("13:00"),
      recoverySeconds: 3600,
      remedies: [{ kind: "rollback", deployment: "d4", held: true }],
    });
  });

  test("with one incident: those whose own confirmed or matched incident is open when it starts failed", () => {
    const derived = derive(back, [incident("i", "12:30", "13:10", matched("d2"))]);
    expect(failedIds(derived)).toEqual(["d2"]);
    expect(withdrawnIds(derived)).toEqual(["d3"]);
    expect(derived.d2?.failure).toMatchObject({
      reason: "matched",
      incident: "i",
      heldBy: "rollback",
      restoredAt: at("13:10"),
    });
  });

  test("with two incidents: both failed, and one remedy serves both", () => {
    const derived = derive(back, [
      incident("a", "11:30", "13:10", matched("d2")),
      incident("b", "12:30", "13:20", confirmed("d3")),
    ]);
    expect(failedIds(derived)).toEqual(["d2", "d3"]);
    expect(withdrawnIds(derived)).toEqual([]);
    expect(derived.d2?.failure?.remedies).toMatchObject([{ deployment: "d4", held: true }]);
    expect(derived.d3?.failure?.remedies).toMatchObject([{ deployment: "d4", held: true }]);
  });

  test("with an incident that is over when it starts, none is open: the latest failed too", () => {
    const derived = derive(back, [incident("i", "11:10", "11:20", matched("d2"))]);
    expect(failedIds(derived)).toEqual(["d2", "d3"]);
  });

  test("with an incident of nobody's the latest failed, and the incident is its own", () => {
    const derived = derive(back, [incident("i", "12:30", "13:10")]);
    expect(failedIds(derived)).toEqual(["d3"]);
    expect(derived.d3?.failure).toMatchObject({ incident: "i", restoredAt: at("13:10") });
  });
});

describe("Failed deployment: a completed production deployment that needed intervention", () => {
  test("it has a confirmed cause, by verdict or declared", () => {
    const two = deploy("v1", "v2");
    const byVerdict = derive(two, [incident("i", "11:10", null, confirmed("d2"))]);
    expect(byVerdict.d2?.failure?.reason).toBe("confirmed");
    const declared = derive(two, [incident("i", "11:10", null, { confirmed: ["d2"] })]);
    expect(declared.d2?.failure?.reason).toBe("declared_cause");
    expect(failedIds(derive(two, [incident("i", "11:10", null)]))).toEqual([]);
  });

  test("or a match above the threshold not rejected", () => {
    const two = deploy("v1", "v2");
    const ids = (more: Partial<StreamIncident>, matchThreshold = 0.8) =>
      failedIds(derive(two, [incident("i", "11:10", null, more)], { matchThreshold }));
    expect(ids(matched("d2", 0.8))).toEqual(["d2"]);
    expect(ids(matched("d2", 0.79))).toEqual([]);
    expect(ids(matched("d2", 0.6), 0.5)).toEqual(["d2"]);
    expect(ids({ ...matched("d2"), rejected: ["d2"] })).toEqual([]);
    expect(ids({ ...matched("d2"), verdict: "none" })).toEqual([]);
    expect(ids({ ...matched("d2"), ...confirmed("d1") })).toEqual(["d1"]);
    expect(ids({ ...matched("d2"), ...confirmed("other-stream") })).toEqual([]);
  });

  test("only the likeliest of an incident", () => {
    const matches = [
      { deployment: "d1", probability: 0.4 },
      { deployment: "d2", probability: 0.5 },
    ];
    const ids = (more: Partial<StreamIncident>) =>
      failedIds(
        derive(deploy("v1", "v2"), [incident("i", "11:10", null, { matches, ...more })], {
          matchThreshold: 0.3,
        }),
      );
    expect(ids({})).toEqual(["d2"]);
    expect(ids({ rejected: ["d2"] })).toEqual([]);
  });

  test("or it was reverted by a change authored within 24 h of its finish", () => {
    const reverting = (authored: string): Record<string, Commit> => ({
      ...line,
      undo: { parents: ["v3"], authored, message: 'Revert "v2"' },
    });
    const attempts = [...deploy("v1", "v2", "v3"), attempt("late", "undo", "9 12:00")];
    const inTime = derive(attempts, [], { commits: reverting("1 10:59") });
    expect(failedIds(inTime)).toEqual(["d2"]);
    expect(inTime.d2?.failure).toMatchObject({ reason: "reverted", heldBy: "revert" });
    expect(inTime.late).toMatchObject({ kind: "revert", rework: true });
    const tooLate = derive(attempts, [], { commits: reverting("1 11:01") });
    expect(failedIds(tooLate)).toEqual([]);
    expect(tooLate.late).toMatchObject({ kind: "revert", rework: false });
  });

  test("or while its incident was open", () => {
    const commits = {
      ...line,
      undo: { parents: ["v2"], authored: "3 10:30", message: 'Revert "v2"' },
    };
    const attempts = [...deploy("v1", "v2"), attempt("late", "undo", "3 12:00")];
    const ids = (more: Partial<StreamIncident>) =>
      failedIds(derive(attempts, [incident("i", "3 10:00", "3 13:00", more)], { commits }));
    expect(ids({})).toEqual(["d2"]);
    expect(ids({ verdict: "none" })).toEqual([]);
    expect(ids({ resolvedAt: at("3 10:10") })).toEqual([]);
    expect(ids({ rejected: ["d2"] })).toEqual([]);
    expect(ids({ openedAt: at("9:00"), firstSignAt: at("9:00") })).toEqual([]);
  });

  test("or a declared hotfix replaced it", () => {
    const derived = derive(change(deploy("v1", "v2", "v3"), "d3", { hotfix: true }));
    expect(failedIds(derived)).toEqual(["d2"]);
    expect(derived.d2?.failure).toMatchObject({ reason: "hotfixed", heldBy: "fix_forward" });
    expect(derived.d3).toMatchObject({ kind: "fix_forward", rework: true });
  });

  test("unless it was itself a rollback or redeploy", () => {
    const afterRollback = derive(change(deploy("v1", "v3", "v2", "v4"), "d4", { hotfix: true }));
    expect(afterRollback.d3).toMatchObject({ failed: false, failedRemedy: false });
    const afterRedeploy = derive(change(deploy("v1", "v2", "v2", "v3"), "d4", { hotfix: true }));
    expect(failedIds(afterRedeploy)).toEqual([]);
    const hotfixBack = derive(change(deploy("v1", "v2", "v2"), "d3", { hotfix: true }));
    expect(failedIds(hotfixBack)).toEqual([]);
  });

  test("or it was declared failed", () => {
    const derived = derive(change(deploy("v1", "v2"), "d2", { declaredFailed: true }));
    expect(derived.d2?.failure).toMatchObject({
      reason: "declared_failed",
      restoredAt: null,
      heldBy: null,
      recoverySeconds: null,
    });
  });

  test("a person's correction wins, both ways", () => {
    const said = derive(change(deploy("v1", "v2"), "d2", { correctedFailed: true }));
    expect(said.d2?.failure?.reason).toBe("corrected");
    const cleared = derive(change(deploy("v1", "v2", "v1"), "d2", { correctedFailed: false }));
    expect(cleared.d2).toMatchObject({ failed: false, withdrawn: true });
  });

  test("Being followed by a fix alone fails nothing", () => {
    const commits = { ...line, fix: { parents: ["v2"], authored: "11:10", message: "Fix it" } };
    const derived = derive([...deploy("v1", "v2"), attempt("fix", "fix", "11:30")], [], {
      commits,
    });
    expect(failedIds(derived)).toEqual([]);
    expect(derived.fix).toMatchObject({ kind: "deploy", rework: false });
  });

  test("the first deployment may fail as well", () => {
    const derived = derive(deploy("v1"), [incident("i", "10:10", null, confirmed("d1"))]);
    expect(derived.d1).toMatchObject({ kind: "first", failed: true });
  });

  test("Each mark carries its reason", () => {
    const derived = derive(change(deploy("v1", "v2", "v1"), "d2", { declaredFailed: true }), [
      incident("i", "11:10", "12:10", matched("d2")),
    ]);
    expect(derived.d2?.reasons).toEqual([
      "deploy: brings 1 change",
      "failed: matched as the cause of “Errors i”",
      "failed: declared by its sender",
    ]);
  });
});
