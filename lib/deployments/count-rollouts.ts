import type { DeploymentKind } from "@/lib/facts/types";
import { type Code, sameCode } from "./code";

/** A completed deployment of a service, as counting needs it. `at` is epoch milliseconds. */
export interface RolloutMember extends Code {
  id: string;
  environment: string;
  /** Joins the regions of one rollout; null stands alone. */
  rolloutGroup: string | null;
  kind: DeploymentKind;
  at: number;
  failed: boolean;
}

export interface Rollout {
  /** The member that counts, and whose finish ends the lead times: the first to finish. */
  counted: string;
  /** All its members, by finish. */
  members: string[];
  /** Failed if any region failed. */
  failed: boolean;
  /** The first region that failed; null where none did. */
  failedMember: string | null;
}

/**
 * One revision in the environments of one group is one rollout, counted once.
 * A second deployment of it to the same environment begins another, and going
 * back to a revision is apart from bringing it. Takes the completed deployments
 * of one service, in any order; gives the rollouts by their first finish.
 */
export function countRollouts(deployments: readonly RolloutMember[]): Rollout[] {
  const ordered = [...deployments].sort(
    (a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const rollouts: RolloutMember[][] = [];
  const latest = new Map<string, RolloutMember[][]>();
  for (const deployment of ordered) {
    if (deployment.rolloutGroup === null) {
      rollouts.push([deployment]);
      continue;
    }
    const key = `${classOf(deployment.kind)} ${deployment.rolloutGroup}`;
    const begun = latest.get(key) ?? [];
    const same = begun.find(([first]) => first !== undefined && sameCode(first, deployment));
    if (same?.every(({ environment }) => environment !== deployment.environment)) {
      same.push(deployment);
      continue;
    }
    const rollout = [deployment];
    rollouts.push(rollout);
    // Only the latest rollout of a revision takes more members.
    latest.set(key, [rollout, ...begun.filter((one) => one !== same)]);
  }
  return rollouts.map(sumUp);
}

function sumUp(members: RolloutMember[]): Rollout {
  const failed = members.find((member) => member.failed);
  return {
    counted: members[0]?.id ?? "",
    members: members.map((member) => member.id),
    failed: failed !== undefined,
    failedMember: failed?.id ?? null,
  };
}

/** The denominator leaves rollbacks and redeploys out, so they never join what is in it. */
function classOf(kind: DeploymentKind): string {
  return kind === "rollback" || kind === "redeploy" ? kind : "brings";
}
