import { meanBetween } from "@/lib/matching/change-point";
import { type Shift, worsening } from "@/lib/matching/shift";
import type { Candidate, Case, Evidence, Signals } from "@/lib/matching/types";
import { milliseconds, percent, span, times } from "@/lib/matching/words";
import type { Sample } from "@/lib/series/types";

const minute = 60_000;
const hour = 60 * minute;
const lookBackMinutes = 24 * 60;
/** Clocks of senders and the distance of samples: a change this much "after" may still be before. */
const clockSlack = 90_000;

/** What the whole case is judged against, worked out once. */
export interface Onset {
  /** When it began: the change point of the service's own signals, else the first sign. */
  at: number;
  shift: Shift | null;
}

/** A shift long before the first sign is taken; one after it only says the alert was quick. */
export function onsetOf(matter: Case): Onset {
  const shift = matter.signals ? worsening(matter.signals, matter.firstSignAt) : null;
  return { at: shift ? Math.min(shift.at, matter.firstSignAt) : matter.firstSignAt, shift };
}

/** The step that reached users last before the onset; what began after it is not one. */
export function reachedAt(candidate: Candidate, onset: Onset): number {
  const moments = [
    candidate.startedAt,
    ...candidate.steps.map((step) => step.at),
    ...(candidate.finishedAt === null ? [] : [candidate.finishedAt]),
  ];
  const before = moments.filter((at) => at <= onset.at + clockSlack);
  return before.length > 0 ? Math.max(...before) : Math.min(...moments);
}

export function evidenceFor(candidate: Candidate, matter: Case, onset: Onset): Evidence[] {
  return [
    timing(candidate, matter, onset),
    relation(candidate, matter),
    ...shiftEvidence(candidate, matter, onset),
    ...versionEvidence(candidate, matter, onset),
    ...loadEvidence(matter, onset),
    ...natureEvidence(candidate),
    ...nearerEvidence(candidate, matter, onset),
    noErrorTracker,
  ];
}

/**
 * How likely the distance to the onset is under "it did this" against "it just
 * happened to be there": most faults show within minutes, some smoulder for
 * hours; and a service that deploys all day is always near something.
 */
function timing(candidate: Candidate, matter: Case, onset: Onset): Evidence {
  const distance = onset.at - reachedAt(candidate, onset);
  const event = candidate.kind === "deployment" ? "deployed" : "released";
  if (distance < -clockSlack)
    return {
      name: "timing",
      weight: -6,
      text: `${event} ${span(distance)} after it had begun`,
      state: "contradicts",
    };
  const minutes = Math.max(distance, 0) / minute;
  const density = (0.85 / 12) * Math.exp(-minutes / 12) + (0.15 / 360) * Math.exp(-minutes / 360);
  const peers = matter.candidates.filter((other) => other.relation === candidate.relation).length;
  const weight = Math.log((density * lookBackMinutes) / Math.max(peers, 1));
  return {
    name: "timing",
    weight,
    text: `${event} ${span(distance)} before ${onset.shift ? "the signals moved" : "the first sign"}`,
    state: weight >= 0 ? "supports" : "contradicts",
  };
}

const relationWeights = { same: 0, dependency: -1.2, dependent: -2.3 } as const;

function relation(candidate: Candidate, matter: Case): Evidence {
  const alerting = matter.service ?? "the alert";
  const texts = {
    same: `the alert and the change are both ${candidate.service}`,
    dependency: `${alerting} depends on ${candidate.service}`,
    dependent: `${candidate.service} depends on ${alerting}`,
  };
  return {
    name: candidate.relation === "same" ? "same_service" : candidate.relation,
    weight: relationWeights[candidate.relation],
    text: texts[candidate.relation],
    state: candidate.relation === "dependent" ? "contradicts" : "supports",
  };
}

/** Did the candidate's own service get worse, and when? */
function shiftEvidence(candidate: Candidate, matter: Case, onset: Onset): Evidence[] {
  const own = candidate.relation === "same" ? matter.signals : matter.others.get(candidate.service);
  if (!own || isSilent(own))
    return [
      {
        name: "own_signals",
        weight: 0,
        text: `no metrics of ${candidate.service} around this time`,
        state: "missing",
      },
    ];
  const shift = candidate.relation === "same" ? onset.shift : worsening(own, matter.firstSignAt);
  if (!shift)
    return [
      {
        name: "own_signals",
        weight: -1.5,
        text: `${candidate.service}'s errors and latency did not move`,
        state: "contradicts",
      },
    ];
  const distance = shift.at - reachedAt(candidate, { ...onset, at: shift.at });
  const moved = describe(shift, candidate.service);
  if (distance < -clockSlack)
    return [
      {
        name: "own_signals",
        weight: -3,
        text: `${moved}, ${span(distance)} before this change`,
        state: "contradicts",
      },
    ];
  const near = distance <= 20 * minute;
  return [
    {
      name: shift.signal === "errors" ? "errors_jump" : "latency_jump",
      weight: near ? 1.8 : -0.5,
      text: `${moved}, ${span(distance)} after this change`,
      state: near ? "supports" : "contradicts",
    },
  ];
}

function isSilent(signals: Signals): boolean {
  return signals.errorRatio.length === 0 && signals.latencySeconds.length === 0;
}

function describe(shift: Shift, service: string): string {
  const shown = shift.signal === "errors" ? percent : milliseconds;
  const what = shift.signal === "errors" ? "errors" : "latency p95";
  return `${service}'s ${what} ${shown(shift.before)} → ${shown(shift.after)} (${times(shift.before, shift.after)})`;
}

/** The new version against the others in the same minutes: the strongest sign there is. */
function versionEvidence(candidate: Candidate, matter: Case, onset: Onset): Evidence[] {
  if (candidate.relation !== "same" || candidate.kind !== "deployment") return [];
  const versions = matter.signals?.errorsByVersion ?? [];
  const own = versions.find((line) => line.version === candidate.version);
  const pairs = versions
    .filter((line) => line !== own)
    .flatMap((line) => {
      const pair = inTheSameMinutes(own?.errorRatio ?? [], line.errorRatio, candidate, onset);
      return pair ? [{ version: line.version, ...pair }] : [];
    });
  const [pair] = pairs.sort((a, b) => b.minutes - a.minutes);
  if (!pair)
    return [
      {
        name: "only_the_new_version",
        weight: 0,
        text: "not two versions reporting in the same minutes",
        state: "missing",
      },
    ];
  const only = pair.own > 3 * pair.other && pair.own - pair.other > 0.005;
  return [
    {
      name: "only_the_new_version",
      weight: only ? 2.5 : -1.5,
      text: `errors: ${candidate.version} has ${percent(pair.own)}, ${pair.version} has ${percent(pair.other)} in the same minutes`,
      state: only ? "supports" : "contradicts",
    },
  ];
}

/** Both lines' means over the samples they share, from the rollout's begin to an hour after the onset. */
function inTheSameMinutes(
  own: readonly Sample[],
  other: readonly Sample[],
  candidate: Candidate,
  onset: Onset,
): { own: number; other: number; minutes: number } | null {
  const otherAt = new Map(other);
  const shared = own.flatMap(([at, value]): [number, number][] => {
    const beside = otherAt.get(at);
    const inside = at >= candidate.startedAt && at >= onset.at && at <= onset.at + hour;
    return beside !== undefined && inside ? [[value, beside]] : [];
  });
  if (shared.length === 0) return null;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    own: mean(shared.map(([value]) => value)),
    other: mean(shared.map(([, beside]) => beside)),
    minutes: shared.length,
  };
}

/** Traffic that surged explains more than most changes do. */
export function surge(matter: Case, onset: Onset): { before: number; after: number } | null {
  const rate = matter.signals?.requestRate ?? [];
  const before = meanBetween(rate, onset.at - 30 * minute, onset.at - minute);
  const after = meanBetween(rate, onset.at, onset.at + 10 * minute);
  return before === null || after === null || before <= 0 ? null : { before, after };
}

export const surgeFactor = 1.5;

function loadEvidence(matter: Case, onset: Onset): Evidence[] {
  const traffic = surge(matter, onset);
  if (!traffic)
    return [{ name: "not_load", weight: 0, text: "traffic is not reported", state: "missing" }];
  const change = (traffic.after / traffic.before - 1) * 100;
  const surged = traffic.after >= traffic.before * surgeFactor;
  const sign = change >= 0 ? "+" : "";
  return [
    {
      name: "not_load",
      weight: surged ? -1 : 0.3,
      text: `traffic ${traffic.before.toFixed(1)} → ${traffic.after.toFixed(1)} requests/s (${sign}${change.toFixed(0)} %)`,
      state: surged ? "contradicts" : "supports",
    },
  ];
}

/** Going back to what ran before seldom breaks what worked then. */
function natureEvidence(candidate: Candidate): Evidence[] {
  if (candidate.kind === "deployment" && ["rollback", "redeploy"].includes(candidate.class ?? ""))
    return [
      {
        name: "nature",
        weight: -1.5,
        text: `a ${candidate.class} to what had run before`,
        state: "contradicts",
      },
    ];
  if (candidate.kind === "release" && candidate.class === "tag")
    return [
      {
        name: "nature",
        weight: -3,
        text: "a tag by itself changes nothing that runs",
        state: "contradicts",
      },
    ];
  if (candidate.status === "failed" || candidate.status === "canceled")
    return [
      {
        name: "nature",
        weight: -0.7,
        text: `the attempt ${candidate.status === "failed" ? "failed" : "was canceled"} before it was complete`,
        state: "contradicts",
      },
    ];
  return [];
}

function nearerEvidence(candidate: Candidate, matter: Case, onset: Onset): Evidence[] {
  const reached = reachedAt(candidate, onset);
  const nearer = matter.candidates.filter((other) => {
    const at = reachedAt(other, onset);
    return other !== candidate && at > reached && at <= onset.at + clockSlack;
  });
  const same = nearer.filter((other) => other.relation === "same").length;
  return [
    {
      name: "nothing_nearer",
      weight: same > 0 ? -0.4 : 0.3,
      text:
        nearer.length === 0
          ? "no other change came between it and the onset"
          : `${nearer.length} other ${nearer.length === 1 ? "change" : "changes"} came between it and the onset, ${same} of the same service`,
      state: same > 0 ? "contradicts" : "supports",
    },
  ];
}

const noErrorTracker: Evidence = {
  name: "stack_trace",
  weight: 0,
  text: "no error tracker connected",
  state: "missing",
};
