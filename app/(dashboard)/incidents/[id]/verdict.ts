import type { SuspectAnswer, SuspectsAnswer } from "@/lib/http/answers";

type Change = { kind: "deployment" | "release"; id: string };

/** The body of PUT /api/v1/incidents/{id}/cause. */
export interface Verdict {
  verdict: "confirmed" | "none" | null;
  changes: Change[];
  rejected: Change[];
}

type Current = SuspectsAnswer["verdict"];

/** Takes every verdict back. */
export const nothing: Verdict = { verdict: null, changes: [], rejected: [] };

export function confirm(current: Current, suspect: SuspectAnswer): Verdict {
  const change = changeOf(suspect);
  if (!change) return noChange(current);
  return {
    verdict: "confirmed",
    changes: [change],
    rejected: without(current?.rejected ?? [], change),
  };
}

/** What was confirmed stays confirmed, unless it is what is rejected now. */
export function reject(current: Current, suspect: SuspectAnswer): Verdict {
  const change = changeOf(suspect);
  if (!change) return nothing;
  const changes = without(current?.changes ?? [], change);
  const verdict = current?.verdict === "none" ? "none" : changes.length > 0 ? "confirmed" : null;
  return { verdict, changes, rejected: [...without(current?.rejected ?? [], change), change] };
}

export function noChange(current: Current): Verdict {
  return { verdict: "none", changes: [], rejected: current?.rejected ?? [] };
}

export function isRejected(current: Current, suspect: SuspectAnswer): boolean {
  return (current?.rejected ?? []).some(
    ({ kind, id }) => kind === suspect.kind && id === suspect.id,
  );
}

export function isConfirmed(current: Current, suspect: SuspectAnswer): boolean {
  if (current?.verdict === "none") return suspect.kind === "none";
  return (current?.changes ?? []).some(
    ({ kind, id }) => kind === suspect.kind && id === suspect.id,
  );
}

export function wordOf({ verdict, rejected }: Verdict): string {
  if (verdict === "confirmed") return "Confirmed as the cause; the metrics follow.";
  if (verdict === "none") return "No change did it; the metrics follow.";
  return rejected.length > 0 ? "Not this one." : "The verdict is taken back.";
}

function changeOf({ kind, id }: SuspectAnswer): Change | null {
  return kind === "none" || id === null ? null : { kind, id };
}

function without(changes: Change[], { kind, id }: Change): Change[] {
  return changes.filter((each) => each.kind !== kind || each.id !== id);
}
