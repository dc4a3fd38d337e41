import { describe, expect, it } from "vitest";
import { mergeStatements } from "@/lib/facts/merge";
import type { IncidentState } from "@/lib/facts/reports";
import type { attemptStatuses, DeploymentMembers, Noun } from "@/lib/facts/types";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString();
const deployment = (asOf: string, members: DeploymentMembers, timeFromReceipt = false) => ({
  asOf,
  timeFromReceipt,
  members: { service: "checkout", environment: "production", ...members },
});
const merged = (...said: ReturnType<typeof deployment>[]) =>
  mergeStatements("deployment", said)?.members;

describe("per member", () => {
  it("the greatest asOf wins, whichever order they come in", () => {
    const first = deployment(at(1), { status: "running", startedAt: at(1), version: "1" });
    const second = deployment(at(5), { status: "succeeded", finishedAt: at(5) });
    const expected = { status: "succeeded", startedAt: at(1), finishedAt: at(5), version: "1" };
    expect(merged(first, second)).toMatchObject(expected);
    expect(merged(second, first)).toMatchObject(expected);
  });

  it("a correction with a greater asOf replaces a start", () => {
    const running = deployment(at(1), { status: "running", startedAt: at(1) });
    const corrected = deployment(at(9), {
      status: "succeeded",
      startedAt: at(3),
      finishedAt: at(5),
    });
    expect(merged(running, corrected)?.startedAt).toBe(at(3));
  });

  it("at equal times a final status beats an unfinished one", () => {
    const said = (["succeeded", "running", "queued"] as const).map((status) =>
      deployment(at(1), { status }),
    );
    expect(merged(...said)?.status).toBe("succeeded");
  });

  it.each(["1", "2", "3", "4", "5", "6"])(
    "at equal times a value (%s) beats null whatever the hashes, and a later null beats it",
    (version) => {
      const some = deployment(at(1), { status: "running", version });
      const none = deployment(at(1), { status: "running", version: null });
      expect(merged(some, none)?.version).toBe(version);
      expect(merged(some, { ...none, asOf: at(2) })?.version).toBeNull();
    },
  );

  it("at equal times the content's hash decides for all members together", () => {
    const a = deployment(at(1), { status: "running", revision: "a", version: "a" });
    const b = deployment(at(1), { status: "running", revision: "b", version: "b" });
    const one = merged(a, b);
    expect(one?.revision).toBe(one?.version);
    expect(merged(b, a)).toEqual(one);
  });

  it("a time of receipt yields to a named one, however late it was received", () => {
    const tag = (asOf: string, timeFromReceipt: boolean) => ({
      asOf,
      timeFromReceipt,
      members: { repository: "acme/checkout", at: asOf },
    });
    expect(mergeStatements("release", [tag(at(9), true), tag(at(1), false)])).toMatchObject({
      members: { at: at(1) },
      timeFromReceipt: false,
    });
    expect(mergeStatements("release", [tag(at(9), true), tag(at(4), true)])).toMatchObject({
      members: { at: at(4) },
      timeFromReceipt: true,
    });
  });

  it("an attempt that is said to run again has not finished", () => {
    const done = deployment(at(5), { status: "failed", finishedAt: at(5) });
    const again = deployment(at(8), { status: "running", startedAt: at(8) });
    expect(merged(done, again)).toMatchObject({ status: "running", finishedAt: null });
  });
});

describe("reports", () => {
  const report = (state: (typeof attemptStatuses)[number], minute: number, presumed = false) =>
    deployment(at(minute), { reports: { [`${minute}`]: { state, at: at(minute), presumed } } });

  it("keep the first in_progress and the first final state", () => {
    const said = [report("running", 2), report("failed", 4), report("running", 5)];
    const more = [report("succeeded", 6), report("running", 3), report("queued", 1)];
    expect(merged(...said, ...more)).toEqual({
      service: "checkout",
      environment: "production",
      status: "failed",
      queuedAt: at(1),
      startedAt: at(2),
      finishedAt: at(4),
    });
  });

  it("a named time outranks a presumed one", () => {
    expect(merged(report("succeeded", 1, true), report("succeeded", 6))?.finishedAt).toBe(at(6));
  });

  it("a start after the finish belongs to no attempt", () => {
    expect(merged(report("succeeded", 1), report("running", 6))).toMatchObject({
      status: "succeeded",
      startedAt: null,
    });
  });
});

describe("incidents", () => {
  const incident = (reports: [IncidentState, number, boolean?][]) =>
    mergeStatements(
      "incident",
      reports.map(([state, minute, presumed]) => ({
        asOf: at(minute),
        members: {
          title: "5xx",
          reports: { [state + minute]: { state, at: at(minute), presumed } },
        },
      })),
    )?.members;

  it("the first resolution after an opening closes it", () => {
    expect(
      incident([
        ["opened", 1],
        ["resolved", 3],
        ["resolved", 5],
      ]),
    ).toMatchObject({
      openedAt: at(1),
      resolvedAt: at(3),
    });
  });

  it("a later reopening voids the resolution, until the next one", () => {
    const reopened: Parameters<typeof incident>[0] = [
      ["opened", 1],
      ["resolved", 3],
      ["opened", 4],
    ];
    expect(incident(reopened)).toMatchObject({ resolvedAt: null, reopenedAt: at(4) });
    expect(incident([...reopened, ["resolved", 6]])?.resolvedAt).toBe(at(6));
  });

  it("a reopening opens again what was over, and nothing else", () => {
    expect(incident([["reopened", 2]])).toBeUndefined();
    expect(
      incident([
        ["reopened", 0],
        ["opened", 1],
        ["reopened", 2],
      ]),
    ).toEqual({ title: "5xx", openedAt: at(1) });
    const twice: Parameters<typeof incident>[0] = [
      ["opened", 1],
      ["resolved", 2],
      ["reopened", 3],
      ["resolved", 4],
      ["reopened", 5],
    ];
    expect(incident(twice)).toMatchObject({ openedAt: at(1), reopenedAt: at(5), resolvedAt: null });
    expect(incident([["resolved", 6], ...twice.toReversed()])).toMatchObject({
      openedAt: at(1),
      reopenedAt: at(5),
      resolvedAt: at(6),
    });
  });

  it("a presumed opening stands only where none is named", () => {
    expect(
      incident([
        ["opened", 0, true],
        ["resolved", 3],
      ])?.openedAt,
    ).toBe(at(0));
    expect(
      incident([
        ["opened", 0, true],
        ["opened", 2],
        ["resolved", 3],
      ])?.openedAt,
    ).toBe(at(2));
  });

  it("a resolution before the opening resolves nothing", () => {
    expect(
      incident([
        ["resolved", 1],
        ["opened", 3],
      ]),
    ).toEqual({ title: "5xx", openedAt: at(3) });
  });

  it("what was only ever resolved is no incident", () => {
    expect(incident([["resolved", 3]])).toBeUndefined();
  });

  it("a stated resolvedAt before a later opening is void", () => {
    const fact = mergeStatements("incident", [
      { asOf: at(5), members: { title: "5xx", openedAt: at(1), resolvedAt: at(5) } },
      { asOf: at(7), members: { title: "5xx", openedAt: at(7) } },
    ]);
    expect(fact?.members).toMatchObject({ openedAt: at(7), resolvedAt: null });
  });
});

describe("builds", () => {
  const stage = (name: string, status: (typeof attemptStatuses)[number], minute: number) => ({
    asOf: at(minute),
    members: {
      repository: "acme/checkout",
      name: "ci",
      stages: { [name]: { name, status, startedAt: at(1), finishedAt: at(minute) } },
    },
  });

  it("merge their stages by name", () => {
    const fact = mergeStatements("build", [
      stage("test", "succeeded", 4),
      stage("lint", "failed", 3),
      stage("test", "running", 2),
    ]);
    expect(fact?.members.stages).toMatchObject({
      lint: { status: "failed" },
      test: { status: "succeeded" },
    });
  });

  it.each(["a", "b", "c", "d", "e", "f"])(
    "take the final word on a stage (%s) at equal times, whatever the hashes",
    (name) => {
      const [done, running] = [stage(name, "succeeded", 4), stage(name, "running", 4)];
      expect(mergeStatements("build", [done, running])?.members.status).toBe("succeeded");
    },
  );

  it("known only by their stages are as far as these are", () => {
    const said = [stage("test", "succeeded", 4), stage("lint", "failed", 3)];
    expect(mergeStatements("build", said)?.members).toMatchObject({
      status: "failed",
      startedAt: at(1),
      finishedAt: at(4),
    });
    const running = mergeStatements("build", [...said, stage("e2e", "running", 5)]);
    expect(running?.members).toMatchObject({ status: "running", finishedAt: null });
  });

  it("keep a stage called __proto__ as a stage", () => {
    const stages = JSON.parse('{"__proto__":{"name":"__proto__","status":"failed"}}');
    const fact = mergeStatements("build", [
      { asOf: at(1), members: { repository: "r", name: "ci", stages } },
    ]);
    expect(fact?.members.status).toBe("failed");
  });
});

it.each([
  [{ flag: "new-tax" }, "flag"],
  [{}, "launch"],
  [{ flag: "new-tax", subject: "configuration" as const }, "configuration"],
])("a release of %j is of the subject %s", (members, subject) => {
  const said = { asOf: at(1), members: { service: "s", at: at(1), ...members } };
  expect(mergeStatements("release", [said])?.members.subject).toBe(subject);
});

describe("required members", () => {
  const cases: [Noun, object, object][] = [
    ["commit", { repository: "r" }, { revision: "a" }],
    ["pull_request", { repository: "r" }, { number: 1 }],
    ["build", { repository: "r", name: "ci" }, { status: "queued" }],
    ["deployment", { environment: "e", status: "queued" }, { repository: "r" }],
    ["deployment", { service: "s", status: "queued" }, { environment: "e" }],
    ["release", { service: "s" }, { at: at(1) }],
    ["incident", { openedAt: at(1) }, { title: "t" }],
    ["alert", { startedAt: at(1) }, { name: "n" }],
    ["test_run", { repository: "r" }, { status: "failed" }],
  ];
  it.each(cases)("a %s of %j waits for %j", (noun, some, rest) => {
    const of = (members: object) => mergeStatements(noun, [{ asOf: at(1), members } as never]);
    expect(of(some)).toBeNull();
    expect(of({ ...some, ...rest })).not.toBeNull();
  });

  it("nothing said is no fact", () => {
    expect(mergeStatements("deployment", [])).toBeNull();
  });
});

describe("a verdict", () => {
  const verdict = (minute: number, id: string, note: string | null = id) => ({
    asOf: at(minute),
    members: {
      incident: "i",
      verdict: "confirmed" as const,
      changes: [{ kind: "deployment" as const, id }],
      rejected: [],
      note,
      actor: "ana",
      at: at(minute),
    },
  });

  it("the latest stands, a null too", () => {
    const undone = { asOf: at(3), members: { ...verdict(3, "x").members, verdict: null } };
    const said = [verdict(1, "a"), undone, verdict(2, "b")];
    expect(mergeStatements("verdict", said)?.members).toEqual(undone.members);
  });

  it("stands whole: two of one time are never mixed, whatever their hashes", () => {
    for (const id of "abcdefghijklmnopqrstuvwxyz") {
      const said = [verdict(1, id, null), verdict(1, `${id}2`)];
      const fact = mergeStatements("verdict", said);
      expect(said.map(({ members }) => members)).toContainEqual(fact?.members);
    }
  });
});
