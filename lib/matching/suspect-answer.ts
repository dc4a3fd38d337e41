import type { SuspectAnswer } from "@/lib/http/answers";
import { type Onset, reachedAt } from "@/lib/matching/evidence";
import type { Suspect } from "@/lib/matching/types";

/** A suspect as the contract tells it, and as assessments store it. */
export function suspectAnswer(suspect: Suspect, onset: Onset): SuspectAnswer {
  const { candidate } = suspect;
  return {
    kind: candidate?.kind ?? "none",
    id: candidate?.id ?? null,
    service: candidate?.service ?? null,
    at: candidate ? new Date(reachedAt(candidate, onset)).toISOString() : null,
    label: candidate?.label ?? "no change did it",
    sources: candidate?.sources ?? [],
    probability: Math.round(suspect.probability * 10_000) / 10_000,
    evidence: suspect.evidence.map((each) => ({
      ...each,
      weight: Math.round(each.weight * 100) / 100,
    })),
  };
}
