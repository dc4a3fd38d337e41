import type { DeploymentMembers } from "@/lib/facts/types";
import type { Payload } from "@/lib/sources/payload";

/**
 * What the sender itself calls the deployment: a rollback or a hotfix, by its
 * task, its payload or a description that begins with the word. A description
 * that merely mentions one ("fix the rollback button") declares nothing.
 */
export function declaration(
  deployment: Payload,
  payload: Payload,
): Pick<DeploymentMembers, "kind" | "hotfix"> {
  const tasks = [deployment.task, payload.task, payload.kind];
  const isRollback =
    tasks.some((task) => typeof task === "string" && /^roll[-_ ]?back$/i.test(task)) ||
    payload.rollback === true ||
    (typeof deployment.description === "string" &&
      /^\W*roll(ed|ing)?[-_ ]?back\b/i.test(deployment.description));
  const isHotfix =
    tasks.some((task) => typeof task === "string" && /^hot[-_ ]?fix$/i.test(task)) ||
    payload.hotfix === true;
  return { ...(isRollback && { kind: "rollback" }), ...(isHotfix && { hotfix: true }) };
}
