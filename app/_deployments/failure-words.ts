import type { DeploymentAnswer } from "@/lib/http/answers";

const words: Record<string, string> = {
  declared_cause: "the incident names it as its cause",
  declared_failed: "declared failed",
  corrected: "a person said so",
  confirmed: "a confirmed incident",
  matched: "an incident matched to it",
  rolled_back: "it was rolled back",
  reverted: "its changes were reverted",
  hotfixed: "a hotfix replaced it",
};

export function reasonWords(reason: string): string {
  return words[reason] ?? reason.replaceAll("_", " ");
}

export interface RecoveryStage {
  name: string;
  says: string;
  seconds: number;
}

/** Detect, decide, remedy, confirm: what is known of them, in their order. */
export function recoveryStages(failure: NonNullable<DeploymentAnswer["failure"]>): RecoveryStage[] {
  const stages = [
    { name: "Detect", says: "finish to first sign", seconds: failure.detectSeconds },
    { name: "Decide", says: "sign to remedy", seconds: failure.decideSeconds },
    { name: "Remedy", says: "its rollout", seconds: failure.remedySeconds },
    { name: "Confirm", says: "until restored", seconds: failure.confirmSeconds },
  ];
  return stages.flatMap(({ seconds, ...stage }) =>
    seconds === null ? [] : [{ ...stage, seconds }],
  );
}
