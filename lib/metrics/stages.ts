import { noPercentiles, type Percentiles } from "@/lib/metrics/tally";

/** The stages of lead time, then those of recovery, in the order in which cells keep them. */
export const stageNames = [
  "coding",
  "pickup",
  "review",
  "mergeToDeploy",
  "deploy",
  "detect",
  "decide",
  "remedy",
  "confirm",
] as const;
export type StageName = (typeof stageNames)[number];

/** Of `deployment_changes`, in the order of the names. */
export const leadStageColumns = [
  "coding_seconds",
  "pickup_seconds",
  "review_seconds",
  "merge_to_deploy_seconds",
  "deploy_seconds",
] as const;

/** Of `deployments`, in the order of the names after those. */
export const recoveryStageColumns = [
  "detect_seconds",
  "decide_seconds",
  "remedy_seconds",
  "confirm_seconds",
] as const;

export interface Stage extends Percentiles {
  n: number;
}

/** How long each stage took, in seconds, over the changes and failures where it is known. */
export type Stages = Record<StageName, Stage>;

const noStage: Stage = { n: 0, ...noPercentiles };
const none = Object.fromEntries(stageNames.map((name) => [name, noStage])) as Stages;

export function noStages(): Stages {
  return { ...none };
}

export function packStages(stages: Stages): string {
  return JSON.stringify(
    stageNames.flatMap((name) => [stages[name].n, stages[name].p50, stages[name].p90]),
  );
}

export function unpackStages(text: string): Stages {
  const numbers = JSON.parse(text) as (number | null)[];
  const stages = noStages();
  stageNames.forEach((name, index) => {
    const at = index * 3;
    stages[name] = {
      n: numbers[at] ?? 0,
      p50: numbers[at + 1] ?? null,
      p90: numbers[at + 2] ?? null,
    };
  });
  return stages;
}
