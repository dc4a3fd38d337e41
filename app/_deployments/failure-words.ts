import { recoveryStages } from "@/app/_figures/stages";
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
export function stagesKnown(failure: NonNullable<DeploymentAnswer["failure"]>): RecoveryStage[] {
  return recoveryStages.flatMap(({ key, name, says }) => {
    const seconds = failure[`${key}Seconds`];
    return seconds === null ? [] : [{ name, says, seconds }];
  });
}
