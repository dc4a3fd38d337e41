import fc from "fast-check";
import { expect, test } from "vitest";
import { deriveStream } from "../derive-stream";
import { orderAttempts } from "../order";
import { attempt, chain, graphOf, stream } from "../testing";
import { failing, two } from "../testing-line";
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

test("a window that brings the fix for an old incident nobody has closed reaches back to its failure", () => {
  const commits = chain(
    ["v1", "8:00"],
    ["v2", "8:10"],
    ["v3", "8:20"],
    ["v4", "8:30"],
    ["v5", "4 9:00", "Round taxes up, which ends Errors i"],
  );
  const before = stream({
    graph: graphOf(commits),
    deployments: [...two, attempt("d3", "v3", "3 10:00"), attempt("d4", "v4", "4 10:00")],
    incidents: [failing(null)],
  });
  const fix = attempt("d5", "v5", "4 12:00");
  const after = { ...before, deployments: [...before.deployments, fix] };
  const windowed = new StoredRows(before).since(after, place(fix), 0);
  expect(windowed.find(({ id }) => id === "d2")?.failure?.remedies).toMatchObject([
    { kind: "fix_forward", deployment: "d5" },
  ]);
  expect(windowed).toEqual(deriveStream(after));
});
