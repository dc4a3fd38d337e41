import fc from "fast-check";
import { expect, test } from "vitest";
import { deriveStream } from "./derive-stream";
import { anyStream } from "./testing-streams";
import type { Attempt } from "./types";

const runs = { numRuns: 400 };

test("law: any order and any repetition of the input gives the same answer, and asking twice too", () => {
  fc.assert(
    fc.property(anyStream, fc.infiniteStream(fc.nat()), (input, keys) => {
      const shuffle = <T>(items: T[]): T[] =>
        [...items, ...items.slice(0, 2)]
          .map((item) => ({ item, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }) => item);
      const derived = deriveStream(input);
      const shuffled = deriveStream({
        ...input,
        deployments: shuffle(input.deployments),
        incidents: shuffle(input.incidents),
        releases: shuffle(input.releases),
      });
      expect(shuffled).toEqual(derived);
      expect(deriveStream(input)).toEqual(derived);
      expect(derived).toHaveLength(input.deployments.length);
    }),
    runs,
  );
});

test("law: the fail rate and the rework rate stay within 0..1", () => {
  fc.assert(
    fc.property(anyStream, (input) => {
      for (const one of deriveStream(input)) {
        const inDenominator = one.completed && one.kind !== "rollback" && one.kind !== "redeploy";
        if (one.failed) expect(inDenominator && input.tier === "production").toBe(true);
        if (one.rework || one.withdrawn || one.failedRemedy) expect(one.completed).toBe(true);
        expect(one.failed && (one.withdrawn || one.failedAttempt || one.failedRemedy)).toBe(false);
      }
    }),
    runs,
  );
});

test("law: every failure carries its reason, and every deployment words for its kind", () => {
  fc.assert(
    fc.property(anyStream, (input) => {
      for (const one of deriveStream(input)) {
        expect(one.failed).toBe(one.failure !== null);
        if (one.failed)
          expect(one.reasons.some((reason) => reason.startsWith("failed:"))).toBe(true);
        if (one.withdrawn) {
          expect(one.reasons.some((reason) => reason.startsWith("withdrawn:"))).toBe(true);
        }
        if (one.completed) expect(one.reasons[0]).toMatch(new RegExp(`^${one.derivedKind}: `));
      }
    }),
    runs,
  );
});

test("law: of a restored failure's remedies exactly one held, of an open one's none", () => {
  fc.assert(
    fc.property(anyStream, (input) => {
      for (const { failure } of deriveStream(input)) {
        if (!failure) continue;
        const held = failure.remedies.filter((remedy) => remedy.held);
        const expected = failure.restoredAt !== null && failure.remedies.length > 0 ? 1 : 0;
        expect(held).toHaveLength(expected);
        expect(failure.heldBy === null).toBe(failure.restoredAt === null);
        const starts = failure.remedies.map((remedy) => remedy.startedAt);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
        if (failure.recoverySeconds !== null) {
          expect(failure.recoverySeconds).toBeGreaterThanOrEqual(0);
        }
      }
    }),
    runs,
  );
});

test("law: a change has a lead time at most once per stream, and never a negative one", () => {
  fc.assert(
    fc.property(anyStream, (input) => {
      const timed = deriveStream(input).flatMap((one) =>
        one.changes.filter((change) => change.leadTimeSeconds !== null),
      );
      expect(new Set(timed.map((change) => change.revision)).size).toBe(timed.length);
      for (const { leadTimeSeconds } of timed) expect(leadTimeSeconds).toBeGreaterThanOrEqual(0);
    }),
    runs,
  );
});

test("law: another deployment takes none from what completed", () => {
  fc.assert(
    fc.property(anyStream, (input) => {
      const completed = (deployments: Attempt[]) =>
        deriveStream({ ...input, deployments }).flatMap((one) => (one.completed ? one.id : []));
      expect(completed(input.deployments)).toEqual(
        expect.arrayContaining(completed(input.deployments.slice(1))),
      );
    }),
    runs,
  );
});
