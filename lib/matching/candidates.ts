import type { Candidate } from "@/lib/matching/types";

/**
 * The steps of one flag's ramp are one candidate: named and told by its latest
 * step, reaching back to the first. Deployments carry their own steps.
 */
export function joinRamps(candidates: readonly Candidate[]): Candidate[] {
  const ramps = new Map<string, Candidate[]>();
  const joined: Candidate[] = [];
  for (const candidate of candidates) {
    if (candidate.kind === "deployment" || candidate.flag === null) joined.push(candidate);
    else {
      const name = `${candidate.service}\0${candidate.flag}`;
      ramps.set(name, [...(ramps.get(name) ?? []), candidate]);
    }
  }
  for (const steps of ramps.values()) joined.push(oneRamp(steps));
  return joined.sort((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id));
}

function oneRamp(unordered: readonly Candidate[]): Candidate {
  const steps = [...unordered].sort((a, b) => a.startedAt - b.startedAt);
  const first = steps[0] as Candidate;
  const last = steps.at(-1) as Candidate;
  return {
    ...last,
    startedAt: first.startedAt,
    steps: steps.flatMap((step) => step.steps),
    sources: steps.flatMap((step) => step.sources),
  };
}
