import { authorise } from "@/lib/auth/policy";
import { outside, reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";

/**
 * Whoever manages a service's team may set its rule; moving it to another team takes
 * both. Rules decide how far a token of a team or service reaches, so no such token
 * may set one, and see by its preview what would come of it. Throws what the policy
 * says.
 */
export function authoriseRule(
  context: Pick<Context, "config" | "actor">,
  name: string,
  before: { team?: string | null } | null,
  after: { team: string | null } | null,
): void {
  authorise(context, "manage");
  if (reachOf(context)) throw outside();
  if (before) authorise(context, "manage", { service: name, team: before.team ?? null });
  const stays = before && (before.team ?? null) === after?.team;
  if (after && !stays) authorise(context, "manage", { team: after.team });
}
