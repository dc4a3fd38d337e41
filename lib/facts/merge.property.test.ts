import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeStatements } from "@/lib/facts/merge";
import { attemptStatuses, type Noun } from "@/lib/facts/types";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString();

describe("any set of statements", () => {
  const time = fc.integer({ min: 0, max: 5 }).map(at);
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
  const status = fc.constantFrom(...attemptStatuses);
  const members = fc.record(
    {
      service: maybe(fc.constantFrom("a", "b")),
      repository: maybe(fc.constantFrom("r", "s")),
      name: maybe(fc.string()),
      title: fc.string(),
      environment: fc.constantFrom("production", "staging"),
      status: maybe(status),
      queuedAt: maybe(time),
      startedAt: maybe(time),
      finishedAt: maybe(time),
      openedAt: maybe(time),
      resolvedAt: maybe(time),
      at: maybe(time),
      stages: fc.dictionary(
        fc.string({ maxLength: 2 }),
        fc.record({ status, startedAt: maybe(time) }),
      ),
      reports: fc.dictionary(
        fc.string({ maxLength: 1 }),
        fc.record({
          state: fc.oneof(status, fc.constantFrom("opened", "reopened", "resolved")),
          at: time,
          presumed: fc.boolean(),
        }),
      ),
    },
    { requiredKeys: [] },
  );
  const said = fc.array(fc.record({ asOf: time, timeFromReceipt: fc.boolean(), members }), {
    maxLength: 8,
  });
  const noun = fc.constantFrom<Noun>("build", "deployment", "release", "incident", "verdict");

  it("merges to the same fact in any order, with any repeated, and throws nothing", () => {
    fc.assert(
      fc.property(noun, said, fc.infiniteStream(fc.nat()), (noun, said, random) => {
        const whole = mergeStatements(noun, said as never[]);
        const order = [...said, ...said.slice(0, 3)]
          .map((statement) => ({ statement: structuredClone(statement), at: random.next().value }))
          .toSorted((a, b) => a.at - b.at);
        const shuffled = order.map(({ statement }) => statement) as never[];
        expect(JSON.stringify(mergeStatements(noun, shuffled))).toBe(JSON.stringify(whole));
      }),
      { numRuns: 500 },
    );
  });
});
