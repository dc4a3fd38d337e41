import { describe, expect, test } from "vitest";
import { at, attempt, type Commit, incident } from "./testing";
import { deriveBeside as derive, failing, matched, two } from "./testing-line";
import type { Attempt, StreamIncident } from "./types";

const fix = (authored: string, message = "Fix"): Record<string, Commit> => ({
  fix: { parents: ["v2"], authored, message },
});

describe("fix_forward: started while a failure of the stream was open", () => {
  const fixing = (finished: string, resolved: string | null = "11:45", more = fix("11:20")) =>
    derive([...two, attempt("fix", "fix", finished)], [failing(resolved)], { commits: more }).fix;

  test("and brings a newly shipped change that was first authored after the failure's first sign", () => {
    expect(fixing("11:30")).toMatchObject({ kind: "fix_forward", rework: true });
    expect(fixing("11:30", "11:45", fix("11:09"))).toMatchObject({ kind: "deploy", rework: false });
    expect(fixing("11:30")?.reasons[0]).toBe(
      "fix_forward: started while the failure of v2 was open and brings fix “Fix”, first authored after the failure's first sign",
    );
  });

  test("a fix that starts while the alert is open and finishes after it counts", () => {
    expect(fixing("11:49")?.kind).toBe("fix_forward");
  });

  test("a fix that starts when it is over does not", () => {
    expect(fixing("11:50")?.kind).toBe("deploy");
    expect(fixing("12:30")?.kind).toBe("deploy");
  });

  test("or names the incident", () => {
    const named = (message: string, more: Partial<StreamIncident> = {}) =>
      derive(
        [...two, attempt("fix", "fix", "11:30")],
        [{ ...failing("11:45"), title: "Tax errors above 2 %", names: ["INC-7", "#12"], ...more }],
        { commits: fix("7:00", message) },
      ).fix?.kind;
    expect(named("Fix tax for inc-7")).toBe("fix_forward");
    expect(named("Fix tax\n\nFixes #12")).toBe("fix_forward");
    expect(named("Fix: tax errors above 2 %")).toBe("fix_forward");
    expect(named("Fix tax for INC-71")).toBe("deploy");
    expect(named("Fix tax\n\nFixes #120")).toBe("deploy");
    expect(named("Fix tax (#12)")).toBe("deploy");
    expect(named("errors", { title: "errors" })).toBe("deploy");
    expect(named("all 9 of them", { names: ["9"] })).toBe("deploy");
  });

  test("a change that had shipped before brings nothing new", () => {
    const attempts = [
      attempt("d1", "v1", "10:00"),
      attempt("d2", "v2", "11:00"),
      attempt("back", "v1", "11:20"),
      attempt("again", "v2", "11:30"),
    ];
    const early = incident("i", "8:05", "11:45", matched("d1"));
    expect(derive(attempts, [early]).again?.kind).toBe("deploy");
  });

  test("a squash is first authored with its pull request's first commit", () => {
    const commits = {
      fix: { ...fix("11:20").fix, pullRequest: { firstCommitAt: at("9:00") } },
    };
    expect(fixing("11:30", "11:45", commits)?.kind).toBe("deploy");
  });

  test("ten trunk deployments during a long incident are no fix-forwards", () => {
    const commits: Record<string, Commit> = { t0: { parents: ["v2"], authored: "9:00" } };
    const trunk = Array.from({ length: 10 }, (_, index) => {
      commits[`t${index + 1}`] = { parents: [`t${index}`], authored: `10:0${index}` };
      return attempt(`t${index + 1}`, `t${index + 1}`, `11:${20 + index * 3}`);
    });
    const derived = derive([...two, ...trunk], [failing("15:00")], { commits });
    for (const { id } of trunk) {
      expect(derived[id]).toMatchObject({ kind: "deploy", rework: false, failed: false });
    }
    expect(derived.d2?.failure).toMatchObject({ remedies: [], heldBy: "none" });
  });

  test("outside a failure an open incident makes no fix forward", () => {
    const nobodys = incident("i", "11:10", "11:45");
    const attempts = [...two, attempt("fix", "fix", "11:30")];
    expect(derive(attempts, [nobodys], { commits: fix("11:20") }).fix?.kind).toBe("deploy");
  });

  test("a sender's declaration outranks what is derived, and a person's correction that", () => {
    const kindOf = (more: Partial<Attempt>) =>
      derive([...two, attempt("fix", "fix", "11:30", more)], [failing("11:45")], {
        commits: fix("11:20"),
      }).fix;
    expect(kindOf({ declaredKind: "deploy" })).toMatchObject({
      kind: "deploy",
      derivedKind: "fix_forward",
    });
    const corrected = kindOf({ declaredKind: "deploy", correctedKind: "fix_forward" });
    expect(corrected).toMatchObject({ kind: "fix_forward", rework: true });
  });
});
