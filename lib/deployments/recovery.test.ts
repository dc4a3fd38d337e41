import { describe, expect, test } from "vitest";
import { at, attempt, incident } from "./testing";
import { deriveBeside as derive, failing, matched, two } from "./testing-line";

describe("Failed deployment recovery time", () => {
  const back = [...two, attempt("back", "v1", "11:30")];

  test("from the deployment's finish → the incident's resolution, split into detect, decide, remedy, confirm", () => {
    expect(derive(back, [failing("11:45")]).d2?.failure).toMatchObject({
      recoverySeconds: 45 * 60,
      stages: {
        detectSeconds: 10 * 60,
        decideSeconds: 15 * 60,
        remedySeconds: 5 * 60,
        confirmSeconds: 15 * 60,
      },
    });
  });

  test("or from the first sign, whichever is earlier", () => {
    const canary = incident("i", "10:57", "11:45", matched("d2"));
    expect(derive(back, [canary]).d2?.failure).toMatchObject({
      recoverySeconds: 48 * 60,
      stages: { detectSeconds: 0 },
    });
  });

  test("the holding remedy's finish where there is no incident", () => {
    expect(derive(back, []).d2?.failure).toMatchObject({
      restoredAt: at("11:30"),
      recoverySeconds: 30 * 60,
      stages: {
        detectSeconds: null,
        decideSeconds: null,
        remedySeconds: 5 * 60,
        confirmSeconds: null,
      },
    });
  });

  test("a remedy that finishes after the resolution has nothing to confirm", () => {
    expect(derive(back, [failing("11:28")]).d2?.failure).toMatchObject({
      heldBy: "rollback",
      stages: { confirmSeconds: null },
    });
  });

  test("unresolved ones are open", () => {
    expect(derive(back, [failing(null)]).d2?.failure).toMatchObject({
      restoredAt: null,
      recoverySeconds: null,
      heldBy: null,
      remedies: [{ held: false }],
    });
  });
});

describe("Deployment rework rate: deployments made in response to a failure", () => {
  test("a revert of changes that shipped in a failed deployment, not one of others", () => {
    const commits = {
      undo: { parents: ["v2"], authored: "1 12:00", message: 'Revert "v2"' },
    };
    const attempts = [...two, attempt("undo", "undo", "1 12:30")];
    expect(derive(attempts, [], { commits }).undo).toMatchObject({ kind: "revert", rework: false });
    expect(derive(attempts, [failing("11:30")], { commits }).undo?.rework).toBe(true);
  });

  test("a declared revert that names nothing is judged by the failure it answers", () => {
    const undo = attempt("undo", "v3", "11:30", { declaredKind: "revert" });
    expect(derive([...two, undo], []).undo?.rework).toBe(false);
    expect(derive([...two, undo], [failing("11:45")]).undo?.rework).toBe(true);
  });

  test("every rollback, no redeploy", () => {
    const derived = derive(
      [...two, attempt("again", "v2", "11:20"), attempt("back", "v1", "11:30")],
      [],
    );
    expect(derived.again).toMatchObject({ kind: "redeploy", rework: false });
    expect(derived.back).toMatchObject({ kind: "rollback", rework: true });
  });
});
