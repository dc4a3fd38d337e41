import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinRamps } from "@/lib/matching/candidates";
import { judge } from "@/lib/matching/judge";
import type { Candidate, Case, Signals } from "@/lib/matching/types";
import type { Sample } from "@/lib/series/types";

const minute = 60_000;
const sign = Date.UTC(2026, 2, 3, 14, 32);

function deployment(over: Partial<Candidate> & { id: string; startedAt: number }): Candidate {
  return {
    kind: "deployment",
    service: "checkout",
    relation: "same",
    finishedAt: over.startedAt + minute,
    steps: [],
    label: `checkout ${over.id}`,
    class: "deploy",
    status: "succeeded",
    version: over.id,
    flag: null,
    sources: [],
    ...over,
  };
}

/** A line of a sample a minute for the two hours around the first sign. */
function line(value: (at: number) => number): Sample[] {
  return Array.from({ length: 91 }, (_, index): Sample => {
    const at = sign + (index - 60) * minute;
    return [at, value(at)];
  });
}

const calm: Signals = {
  errorRatio: line((at) => 0.002 + 0.0004 * Math.sin(at / 7)),
  latencySeconds: line((at) => 0.28 + 0.01 * Math.sin(at / 5)),
  requestRate: line(() => 1_240),
  errorsByVersion: [],
};
const burningFrom = (start: number): Signals => ({
  ...calm,
  errorRatio: line((at) => (at >= start ? 0.048 : 0.0021)),
});

function matter(over: Partial<Case>): Case {
  return {
    service: "checkout",
    title: "5xx above 2 %",
    firstSignAt: sign,
    assessedAt: sign + 30 * minute,
    candidates: [],
    signals: null,
    others: new Map(),
    ...over,
  };
}
const answerOf = (given: Case) => judge(given)[0]?.candidate?.id ?? "none";

describe("judge", () => {
  test("blames the deployment after which the errors jumped, and says by how much", () => {
    const guilty = deployment({ id: "2.481.0", startedAt: sign - 3 * minute });
    const earlier = deployment({ id: "2.480.2", startedAt: sign - 5 * 60 * minute });
    const [first] = judge(
      matter({ candidates: [earlier, guilty], signals: burningFrom(sign - 2 * minute) }),
    );
    expect(first?.candidate?.id).toBe("2.481.0");
    expect(first?.probability).toBeGreaterThan(0.8);
    const jump = first?.evidence.find((each) => each.name === "errors_jump");
    expect(jump?.text).toMatch(/0\.21 % → 4\.8 % \(23×\)/);
  });

  test("says no change did it when nothing changed", () => {
    const [first, ...rest] = judge(matter({ signals: burningFrom(sign - minute) }));
    expect(first).toMatchObject({ candidate: null, probability: 1 });
    expect(rest).toEqual([]);
  });

  test("does not blame what began after the trouble had begun", () => {
    const late = deployment({ id: "late", startedAt: sign - minute });
    expect(answerOf(matter({ candidates: [late], signals: burningFrom(sign - 20 * minute) }))).toBe(
      "none",
    );
  });

  test("does not blame a deployment when traffic doubled and the service deploys all day", () => {
    const busy = Array.from({ length: 40 }, (_, index) =>
      deployment({ id: `d${index}`, startedAt: sign - (index * 36 + 20) * minute }),
    );
    const surged = {
      ...burningFrom(sign - minute),
      requestRate: line((at) => (at >= sign - minute ? 3_000 : 1_200)),
    };
    expect(answerOf(matter({ candidates: busy, signals: surged }))).toBe("none");
  });

  test("finds the guilty dependency, whose own errors moved, before an innocent own deployment", () => {
    const own = deployment({ id: "own", startedAt: sign - 40 * minute });
    const ledger = deployment({
      id: "ledger",
      service: "ledger",
      relation: "dependency",
      startedAt: sign - 4 * minute,
    });
    const given = matter({
      candidates: [own, ledger],
      signals: burningFrom(sign - 2 * minute),
      others: new Map([["ledger", burningFrom(sign - 3 * minute)]]),
    });
    expect(answerOf(given)).toBe("ledger");
    const quiet = { ...given, others: new Map([["ledger", calm]]) };
    const probability = (of: Case) =>
      judge(of).find((suspect) => suspect.candidate?.id === "ledger")?.probability ?? 0;
    expect(probability(quiet)).toBeLessThan(probability(given));
  });

  test("weighs the new version against the old one in the same minutes", () => {
    const canary = deployment({
      id: "2.481.0",
      startedAt: sign - 6 * minute,
      finishedAt: null,
      status: "running",
    });
    const versions = (bad: number): Signals => ({
      ...burningFrom(sign - 4 * minute),
      errorsByVersion: [
        { version: "2.481.0", errorRatio: line(() => bad) },
        { version: "2.480.2", errorRatio: line(() => 0.002) },
      ],
    });
    const of = (signals: Signals) => judge(matter({ candidates: [canary], signals }))[0];
    const guilty = of(versions(0.093))?.evidence.find(
      (each) => each.name === "only_the_new_version",
    );
    expect(guilty).toMatchObject({ state: "supports" });
    expect(guilty?.text).toMatch(/9\.3 %.*0\.20 %/);
    const alike = of(versions(0.002))?.evidence.find(
      (each) => each.name === "only_the_new_version",
    );
    expect(alike).toMatchObject({ state: "contradicts" });
  });

  test("says which evidence is missing", () => {
    const [first] = judge(
      matter({ candidates: [deployment({ id: "d", startedAt: sign - minute })] }),
    );
    const missing = first?.evidence.filter((each) => each.state === "missing");
    expect(missing?.map((each) => each.name)).toEqual([
      "own_signals",
      "only_the_new_version",
      "not_load",
      "stack_trace",
    ]);
  });

  test("probabilities add up to 1, whatever the order of the candidates", () => {
    const candidates = fc.array(
      fc.record({
        startedAt: fc.integer({ min: sign - 24 * 60 * minute, max: sign + minute }),
        relation: fc.constantFrom("same", "dependency", "dependent"),
        class: fc.constantFrom("deploy", "rollback", "redeploy", null),
        status: fc.constantFrom("succeeded", "running", "failed"),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(candidates, fc.boolean(), (drawn, burning) => {
        const given = matter({
          candidates: drawn.map((each, index) => deployment({ id: `d${index}`, ...each })),
          signals: burning ? burningFrom(sign - minute) : calm,
        });
        const suspects = judge(given);
        expect(suspects).toHaveLength(drawn.length + 1);
        const total = suspects.reduce((sum, suspect) => sum + suspect.probability, 0);
        expect(total).toBeCloseTo(1, 9);
        const turned = judge({ ...given, candidates: [...given.candidates].reverse() });
        expect(turned.map((suspect) => suspect.candidate?.id)).toEqual(
          suspects.map((suspect) => suspect.candidate?.id),
        );
      }),
      { seed: 11 },
    );
  });
});

test("the steps of one flag's ramp are one candidate, and other flags' are not", () => {
  const step = (id: string, flag: string, minutes: number, percent: number): Candidate => ({
    ...deployment({ id, startedAt: sign - minutes * minute }),
    kind: "release",
    class: "flag",
    flag,
    steps: [{ percent, at: sign - minutes * minute }],
  });
  const joined = joinRamps([
    step("ten", "new-tax", 60, 10),
    step("other", "dark-mode", 30, 100),
    step("half", "new-tax", 20, 50),
  ]);
  expect(joined.map((each) => [each.id, each.steps.map((one) => one.percent)])).toEqual([
    ["half", [10, 50]],
    ["other", [100]],
  ]);
});
