import fc from "fast-check";
import { expect, test } from "vitest";
import { deriveStream } from "../derive-stream";
import { orderAttempts } from "../order";
import { anyStream } from "../testing-streams";
import type { Attempt, StreamIncident, StreamInput } from "../types";
import { StoredRows } from "./testing-store";

const runs = { numRuns: 500, endOnFailure: true };

/** Where an attempt stands. */
function place(attempt: Attempt): number {
  return orderAttempts([attempt], [])[0]?.at ?? 0;
}

/** The earliest that an incident may concern: its first sign, and what it is blamed on. */
function concernedFrom(incident: StreamIncident, { deployments }: StreamInput): number {
  const blamed = [...incident.confirmed, ...incident.matches.map(({ deployment }) => deployment)];
  const places = deployments.filter(({ id }) => blamed.includes(id)).map(place);
  return Math.min(incident.firstSignAt, incident.openedAt, ...places);
}

test("law: a window says of its deployments what the whole stream says, wherever it begins", () => {
  fc.assert(
    fc.property(anyStream, fc.nat(9), fc.nat(2), (input, from, margin) => {
      const attempt = input.deployments[from];
      if (!attempt) return;
      const rows = new StoredRows(input);
      expect(rows.since(input, place(attempt), margin)).toEqual(deriveStream(input));
    }),
    runs,
  );
});

test("law: so it does when a deployment comes, changes or goes", () => {
  fc.assert(
    fc.property(anyStream, anyStream, fc.nat(9), fc.nat(2), (before, other, index, margin) => {
      const gone = before.deployments[index];
      const come = other.deployments[index];
      const moved = [gone, come].filter((one) => one !== undefined);
      if (moved.length === 0) return;
      const deployments = before.deployments.filter(({ id }) => id !== `d${index}`);
      const after = { ...before, deployments: [...deployments, ...(come ? [come] : [])] };
      const from = Math.min(...moved.map(place));
      const rows = new StoredRows(before);
      expect(rows.since(after, from, margin)).toEqual(deriveStream(after));
    }),
    runs,
  );
});

test("law: so it does when an incident comes, changes or goes, or a flag is switched off", () => {
  fc.assert(
    fc.property(anyStream, anyStream, fc.nat(3), fc.nat(2), (before, other, index, margin) => {
      const incidents = (of: StreamInput) => of.incidents.filter(({ id }) => id === `i${index}`);
      const flags = (of: StreamInput) => of.releases.filter(({ id }) => id === `f${index}`);
      const moments = [before, other].flatMap((of) => [
        ...incidents(of).map((one) => concernedFrom(one, before)),
        ...flags(of).map((one) => one.at),
      ]);
      if (moments.length === 0) return;
      const after = {
        ...before,
        incidents: [
          ...before.incidents.filter(({ id }) => id !== `i${index}`),
          ...incidents(other),
        ],
        releases: [...before.releases.filter(({ id }) => id !== `f${index}`), ...flags(other)],
      };
      const rows = new StoredRows(before);
      expect(rows.since(after, Math.min(...moments), margin)).toEqual(deriveStream(after));
    }),
    runs,
  );
});
