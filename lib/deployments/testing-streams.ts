import fc from "fast-check";
import { at, attempt, type Commit, graphOf, incident, minute, stream } from "./testing";
import type { Attempt, StreamInput, StreamRelease } from "./types";

/** Long enough for a failure to be forgotten. */
const lastMinute = 4_500;
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
        mends: fc.option(fc.nat(3), { freq: 1 }),
      }),
    ),
  )
  .map((commits) =>
    Object.fromEntries(
      commits.map(({ parents, minutes, undoes, mends }, index): [string, Commit] => [
        `c${index}`,
        {
          parents: index === 0 ? [] : parents?.map((parent) => `c${parent}`),
          authored: `${Math.floor(minutes / 60)}:${minutes % 60}`,
          message:
            undoes !== null
              ? `Revert "c${undoes}"`
              : mends !== null
                ? `Mends Errors i${mends}`
                : `c${index}`,
        },
      ]),
    ),
  );

const anyAttempt = fc.record({
  revision: fc.constantFrom(...revisions, null),
  minutes: fc.nat(lastMinute),
  status: fc.constantFrom(
    ...(["succeeded", "succeeded", "succeeded", "failed", "running", "canceled"] as const),
  ),
  hotfix: fc.constantFrom(false, false, true),
  declaredFailed: fc.constantFrom(null, null, true, false),
  declaredKind: fc.constantFrom(null, null, null, "rollback", "deploy", "revert" as const),
  correctedFailed: fc.constantFrom(null, null, null, true, false),
});

const anyIncident = fc.record({
  minutes: fc.nat(lastMinute),
  lasting: fc.option(fc.nat(300)),
  confirmed: fc.subarray(["d0", "d1", "d2", "d3", "elsewhere"], { maxLength: 2 }),
  matched: fc.nat(9),
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
  verdict: fc.constantFrom(null, null, "none", "confirmed" as const),
  confirmedRelease: fc.boolean(),
});

/** A stream in which anything may happen that derivation tells apart. */
export const anyStream: fc.Arbitrary<StreamInput> = fc
  .record({
    commits: anyCommits,
    attempts: fc.array(anyAttempt, { maxLength: 10 }),
    incidents: fc.array(anyIncident, { maxLength: 4 }),
    flags: fc.array(fc.nat(lastMinute), { maxLength: 3 }),
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
