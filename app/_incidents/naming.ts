import type { SuspectAnswer } from "@/lib/http/answers";

export function incidentHref(id: string): string {
  return `/incidents/${encodeURIComponent(id)}`;
}

/** Strength in words first; the checks say why, the probability only how sure. */
export function strengthOf(suspect: SuspectAnswer): string {
  if (suspect.probability >= 0.8) return "Strong";
  if (suspect.probability >= 0.5) return "Likely";
  if (suspect.probability >= 0.2) return "Possible";
  return "Weak";
}

export function checksOf(suspect: SuspectAnswer): { passed: number; all: number } {
  return {
    passed: suspect.evidence.filter(({ state }) => state === "supports").length,
    all: suspect.evidence.length,
  };
}

/** `same_service` → `Same service`. */
export function evidenceTitle(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
