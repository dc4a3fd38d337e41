import { describe, expect, test } from "vitest";
import { at, attempt, type Commit, incident } from "./testing";
import { deriveBeside as derive, failing, matched, two } from "./testing-line";
import type { StreamIncident, StreamRelease } from "./types";

const fix = (authored: string, message = "Fix"): Record<string, Commit> => ({
  fix: { parents: ["v2"], authored, message },
});
const flag = (id: string, clock: string, more: Partial<StreamRelease> = {}): StreamRelease => ({
  id,
  subject: "flag",
  flag: "new-tax",
  enabled: false,
  percent: null,
  at: at(clock),
  ...more,
});

describe("Remedies: per failure in the order tried", () => {
  test("the last one started before restoration held", () => {
    const derived = derive(
      [...two, attempt("fix", "fix", "11:30"), attempt("back", "v1", "11:50")],
      [failing("12:00")],
      { commits: fix("11:20"), releases: [flag("f", "11:40")] },
    );
    expect(derived.d2?.failure?.remedies).toMatchObject([
      { kind: "fix_forward", deployment: "fix", held: false },
      { kind: "flag_off", deployment: null, release: "f", held: false },
      { kind: "rollback", deployment: "back", release: null, held: true },
    ]);
    expect(derived.d2?.failure?.heldBy).toBe("rollback");
  });

  test("none, where nothing was tried", () => {
    expect(derive(two, [failing("12:00")]).d2?.failure).toMatchObject({
      remedies: [],
      heldBy: "none",
    });
  });

  test("Switching off any flag of the service while the failure is open is a flag_off", () => {
    const tried = (...releases: StreamRelease[]) =>
      derive(two, [failing("12:00")], { releases }).d2?.failure?.remedies.map((one) => one.release);
    expect(tried(flag("any", "11:30", { flag: "other" }))).toEqual(["any"]);
    expect(tried(flag("zero", "11:30", { enabled: null, percent: 0 }))).toEqual(["zero"]);
    expect(tried(flag("on", "11:30", { enabled: true, percent: 5 }))).toEqual([]);
    expect(tried(flag("tag", "11:30", { subject: "configuration" }))).toEqual([]);
    expect(tried(flag("before", "11:05"), flag("after", "12:00"))).toEqual([]);
    expect(
      derive(two, [failing("12:00")], { releases: [flag("f", "11:30")] }).d2?.failure?.heldBy,
    ).toBe("flag_off");
  });

  test("each serves the oldest open failure", () => {
    const derived = derive(
      [...two, attempt("d3", "v3", "11:30")],
      [
        incident("new", "11:35", "12:30", matched("d3")),
        incident("old", "11:10", "12:00", matched("d2")),
      ],
      { releases: [flag("f", "11:40"), flag("g", "12:10")] },
    );
    expect(derived.d2?.failure?.remedies.map((one) => one.release)).toEqual(["f"]);
    expect(derived.d3?.failure?.remedies.map((one) => one.release)).toEqual(["g"]);
  });

  test("but a rollback serves what it undoes, and a revert what it reverts", () => {
    const commits = {
      undo: { parents: ["v4"], authored: "12:05", message: 'Revert "v4"' },
    };
    const derived = derive(
      [
        ...two,
        attempt("d3", "v3", "11:30"),
        attempt("back", "v2", "11:45"),
        attempt("d4", "v4", "12:00"),
        attempt("undo", "undo", "12:15"),
      ],
      [
        failing("13:00"),
        incident("b", "11:35", "13:00", matched("d3")),
        incident("c", "12:02", "13:00", matched("d4")),
      ],
      { commits },
    );
    const tried = (id: string) => derived[id]?.failure?.remedies.map((remedy) => remedy.deployment);
    expect([tried("d2"), tried("d3"), tried("d4")]).toEqual([[], ["back"], ["undo"]]);
    // It brings a change authored after the first sign, and is a revert all the same.
    expect(derived.undo?.kind).toBe("revert");
  });

  test("one remedy may serve several failures: those that share an incident", () => {
    const both = incident("i", "11:35", "12:00", {
      verdict: "confirmed",
      confirmed: ["d2", "d3"],
    });
    const derived = derive([...two, attempt("d3", "v3", "11:30")], [both], {
      releases: [flag("f", "11:40")],
    });
    expect(derived.d2?.failure?.heldBy).toBe("flag_off");
    expect(derived.d3?.failure?.heldBy).toBe("flag_off");
  });

  test("With several incidents a deployment is restored at the last", () => {
    const derived = derive(two, [failing("11:30"), incident("j", "11:20", "12:40", matched("d2"))]);
    expect(derived.d2?.failure).toMatchObject({
      incident: "i",
      firstSignAt: at("11:10"),
      restoredAt: at("12:40"),
    });
    const first = derive(two, [failing("12:50"), incident("j", "11:20", "12:40", matched("d2"))]);
    expect(first.d2?.failure?.restoredAt).toBe(at("12:50"));
    const open = derive(two, [failing("11:30"), incident("j", "11:20", null, matched("d2"))]);
    expect(open.d2?.failure?.restoredAt).toBeNull();
  });

  test("a rollback that started before the first sign is its remedy all the same", () => {
    const derived = derive([...two, attempt("back", "v1", "11:08")], [failing("11:30")]);
    expect(derived.d2?.failure?.remedies).toMatchObject([{ deployment: "back", held: true }]);
  });

  test("a failure that nobody closes stops attracting remedies 24 h after its last one", () => {
    const tried = (...clocks: string[]) =>
      derive(two, [failing(null)], {
        releases: clocks.map((clock) => flag(clock, clock)),
      }).d2?.failure?.remedies.map((one) => one.release);
    expect(tried("11:30", "1 11:30", "2 11:31")).toEqual(["11:30", "1 11:30"]);
    const never = derive([...two, attempt("late", "fix", "5 11:30")], [failing(null)], {
      commits: fix("5 11:00"),
    });
    expect(never.late?.kind).toBe("deploy");
  });

  test("one that is closed in the end attracts them until then", () => {
    const derived = derive([...two, attempt("late", "fix", "5 11:30")], [failing("5 12:00")], {
      commits: fix("5 11:00"),
    });
    expect(derived.late?.kind).toBe("fix_forward");
    expect(derived.d2?.failure?.heldBy).toBe("fix_forward");
  });

  test("a failure's incident is the confirmed or matched one, else any of its stream open when the first remedy started", () => {
    const undone = (...incidents: StreamIncident[]) =>
      derive([...two, attempt("back", "v1", "11:30")], incidents).d2?.failure;
    expect(undone(incident("open", "11:10", "11:50"))).toMatchObject({
      incident: "open",
      restoredAt: at("11:50"),
      firstSignAt: at("11:10"),
    });
    expect(undone(incident("over", "11:10", "11:20"))?.incident).toBeNull();
    expect(undone(incident("later", "11:26", null))?.incident).toBeNull();
    expect(undone(incident("before", "9:00", null))?.incident).toBeNull();
    const second = derive(
      [...two, attempt("back", "v1", "11:30")],
      [incident("second", "11:27", "11:50")],
      { releases: [flag("f", "11:28")] },
    );
    expect(second.d2?.failure).toMatchObject({ incident: null, restoredAt: at("11:28") });
    expect(undone(incident("others", "11:10", null, { ofStream: false }))?.incident).toBeNull();
  });
});
