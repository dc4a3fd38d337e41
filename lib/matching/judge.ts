import { evidenceFor, onsetOf, surge, surgeFactor } from "@/lib/matching/evidence";
import type { Candidate, Case, Evidence, Suspect } from "@/lib/matching/types";
import { percent } from "@/lib/matching/words";

/** Named in every stored assessment, so that a later model can be told from this one. */
export const model = "pushline-1";

/**
 * "Roughly 70 % of outages are due to changes in a live system": Google's Site
 * Reliability Engineering (2016), Introduction, section "Change Management".
 */
const changePrior = Math.log(0.7);
const nonePrior = Math.log(0.3);

/**
 * Every candidate and "no change did it" with a probability, likeliest first:
 * the softmax of prior and evidence. Probabilities add up to 1.
 */
export function judge(matter: Case): Suspect[] {
  const onset = onsetOf(matter);
  const candidates = matter.candidates.map((candidate) => {
    const evidence = evidenceFor(candidate, matter, onset);
    return { candidate, evidence, score: changePrior + sum(evidence) };
  });
  const none = noneEvidence(matter, onset);
  const scored: { candidate: Candidate | null; evidence: Evidence[]; score: number }[] = [
    ...candidates,
    { candidate: null, evidence: none, score: nonePrior + sum(none) },
  ];
  const highest = Math.max(...scored.map((each) => each.score));
  const total = scored.reduce((all, each) => all + Math.exp(each.score - highest), 0);
  return scored
    .map(({ candidate, evidence, score }) => ({
      candidate,
      evidence,
      probability: Math.exp(score - highest) / total,
    }))
    .sort((a, b) => b.probability - a.probability || nameOf(a).localeCompare(nameOf(b)));
}

function noneEvidence(matter: Case, onset: ReturnType<typeof onsetOf>): Evidence[] {
  const traffic = surge(matter, onset);
  const surged = traffic !== null && traffic.after >= traffic.before * surgeFactor;
  const evidence: Evidence[] = [
    {
      name: "changes_in_reach",
      weight: 0,
      text:
        matter.candidates.length === 0
          ? "nothing changed here or next to here in the 24 hours before"
          : `${matter.candidates.length} ${matter.candidates.length === 1 ? "change" : "changes"} in the 24 hours before`,
      state: matter.candidates.length === 0 ? "supports" : "contradicts",
    },
  ];
  if (surged)
    evidence.push({
      name: "load",
      weight: 1.5,
      text: `traffic rose by ${percent(traffic.after / traffic.before - 1)}`,
      state: "supports",
    });
  return evidence;
}

function sum(evidence: readonly Evidence[]): number {
  return evidence.reduce((all, each) => all + each.weight, 0);
}

function nameOf(suspect: Suspect): string {
  return suspect.candidate?.id ?? "";
}
