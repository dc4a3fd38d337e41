import type { ChangeAnswer } from "@/lib/http/fact-answers";

/** A lead time's stages in their order, each with the rows behind its figure. */
export const leadStages = [
  {
    key: "coding",
    name: "Coding",
    says: "first commit to pull request opened",
    fill: "bg-warning",
    figure: "coding",
  },
  {
    key: "pickup",
    name: "Pickup",
    says: "opened to first review",
    fill: "bg-violet",
    figure: "pickup",
  },
  {
    key: "review",
    name: "Review",
    says: "first review to merged",
    fill: "bg-accent",
    figure: "review",
  },
  {
    key: "mergeToDeploy",
    name: "Merge to deploy",
    says: "merged to its rollout's start",
    fill: "bg-muted",
    figure: "merge_to_deploy",
  },
  { key: "deploy", name: "Deploy", says: "its rollout", fill: "bg-good", figure: "deploy" },
] as const;

/** A recovery's stages in their order, each with the rows behind its figure. */
export const recoveryStages = [
  {
    key: "detect",
    name: "Detect",
    says: "finish to first sign",
    fill: "bg-warning",
    figure: "detect",
  },
  { key: "decide", name: "Decide", says: "sign to remedy", fill: "bg-bad", figure: "decide" },
  { key: "remedy", name: "Remedy", says: "its rollout", fill: "bg-accent", figure: "remedy" },
  { key: "confirm", name: "Confirm", says: "until restored", fill: "bg-good", figure: "confirm" },
] as const;

/** A change's stages that are known, in seconds. */
export function stagesOf(change: ChangeAnswer): { name: string; fill: string; seconds: number }[] {
  return leadStages.flatMap(({ key, name, fill }) => {
    const seconds = change[`${key}Seconds`];
    return seconds === null ? [] : [{ name, fill, seconds }];
  });
}
