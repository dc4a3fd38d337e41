import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";

/**
 * Whoever manages a service's team may set its rule; moving it to another team takes
 * both. Throws what the policy says.
 */
export function authoriseRule(
  context: Pick<Context, "config" | "actor">,
  name: string,
  before: { team?: string | null } | null,
  after: { team: string | null } | null,
): void {
  if (before) authorise(context, "manage", { service: name, team: before.team ?? null });
  const stays = before && (before.team ?? null) === after?.team;
  if (after && !stays) authorise(context, "manage", { team: after.team });
}
