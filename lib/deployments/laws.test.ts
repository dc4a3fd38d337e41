import fc from "fast-check";
import { expect, test } from "vitest";
import { deriveStream } from "./derive-stream";
import { at, attempt, type Commit, graphOf, incident, minute, stream } from "./testing";
import type { Attempt, StreamInput, StreamRelease } from "./types";

const revisions = Array.from({ length: 12 }, (_, index) => `c${index}`);

/** Histories with merges, gaps, reverts and picks; commits authored in any order. */
const anyCommits = fc
  .tuple(
    ...revisions.map((_, index) =>
      fc.record({
        parents: fc.option(
          fc.uniqueArray(fc.nat(Math.max(0, index - 1)), { minLength: 1, maxLength: 2 }),
          { nil: undefined, freq: 9 },
        ),
        minutes: fc.nat(600),
        undoes: fc.option(fc.nat(11), { freq: 2 }),
      }),
    ),
  )
  .map((commits) =>
    Object.fromEntries(
      commits.map(({ parents, minutes, undoes }, index): [string, Commit] => [
        `c${index}`,
        {
          parents: index === 0 ? [] : parents?.map((parent) => `c${parent}`),
          authored: `${Math.floor(minutes / 60)}:${minutes % 60}`,
          message: undoes === null ? `c${index}` : `Revert "c${undoes}"`,
        },
      ]),
    ),
  );

const anyAttempt = fc.record({
  revision: fc.constantFrom(...revisions, null),
  minutes: fc.nat(1500),
  status: fc.constantFrom(
    ...(["succeeded", "succeeded", "succeeded", "failed", "running", "canceled"] as const),
  ),
  hotfix: fc.constantFrom(false, false, true),
  declaredFailed: fc.constantFrom(null, null, true, false),
  declaredKind: fc.constantFrom(null, null, null, "rollback", "deploy", "revert" as const),
  correctedFailed: fc.constantFrom(null, null, null, true, false),
});

const anyIncident = fc.record({
  minutes: fc.nat(1500),
  lasting: fc.option(fc.nat(300)),
  confirmed: fc.subarray(["d0", "d1", "d2", "d3", "elsewhere"], { maxLength: 2 }),
  matched: fc.nat(9),
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
  verdict: fc.constantFrom(null, null, "none", "confirmed" as const),
  confirmedRelease: fc.boolean(),
});

const anyStream: fc.Arbitrary<StreamInput> = fc
  .record({
    commits: anyCommits,
    attempts: fc.array(anyAttempt, { maxLength: 10 }),
    incidents: fc.array(anyIncident, { maxLength: 4 }),
    flags: fc.array(fc.nat(1500), { maxLength: 3 }),
    tier: fc.constantFrom("production", "production", "staging"),
  })
  .map(({ commits, attempts, incidents, flags, tier }) =>
    stream({
      tier,
      graph: graphOf(commits),
      deployments: attempts.map(({ revision, minutes, ...more }, index): Attempt => {
        const finishedAt = at("8:00") + minutes * minute;
        return attempt(`d${index}`, revision, "0:00", {
          ...more,
          version: `1.${index % 3}`,
          startedAt: finishedAt - 5 * minute,
          finishedAt: more.status === "running" ? null : finishedAt,
        });
      }),
      incidents: incidents.map(({ minutes, lasting, matched, probability, ...more }, index) => {
        const openedAt = at("8:00") + minutes * minute;
        return incident(`i${index}`, "0:00", null, {
          ...more,
          openedAt,
          firstSignAt: openedAt,
          resolvedAt: lasting === null ? null : openedAt + lasting * minute,
          matches: [{ deployment: `d${matched}`, probability }],
        });
      }),
      releases: flags.map(
        (minutes, index): StreamRelease => ({
          id: `f${index}`,
          subject: "flag",
          flag: "f",
          enabled: false,
          percent: null,
          at: at("8:00") + minutes * minute,
        }),
      ),
    }),
  );

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
