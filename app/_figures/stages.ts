import type { ChangeAnswer } from "@/lib/http/fact-answers";

/** A lead time's stages in their order; glossed, and told apart by more than their hue's neighbour. */
export const leadStages = [
  { key: "coding", name: "Coding", says: "first commit to pull request", fill: "bg-warning" },
  { key: "pickup", name: "Pickup", says: "opened to first review", fill: "bg-violet" },
  { key: "review", name: "Review", says: "first review to merged", fill: "bg-accent" },
  { key: "mergeToDeploy", name: "Merge to deploy", says: "merged to rolling", fill: "bg-muted" },
  { key: "deploy", name: "Deploy", says: "its rollout", fill: "bg-good" },
] as const;

type LeadStage = (typeof leadStages)[number]["key"];

/** A change's stages that are known, in seconds. */
export function stagesOf(change: ChangeAnswer): { key: LeadStage; seconds: number }[] {
  return leadStages.flatMap(({ key }) => {
    const seconds = change[`${key}Seconds`];
    return seconds === null ? [] : [{ key, seconds }];
  });
}
