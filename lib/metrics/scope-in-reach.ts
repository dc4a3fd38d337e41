import { outside, reachFor } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { MetricScope } from "@/lib/metrics/scope";

/**
 * The scope of a question, as far as the actor reaches: without services it means all,
 * which for a narrower token are its own. Throws `not_found` for what lies outside.
 */
export async function scopeInReach(context: Context, scope: MetricScope): Promise<MetricScope> {
  const { services, teams, environments } = scope;
  const named = { service: services, team: teams, environment: environments };
  const within = await reachFor(context, named);
  if (within === null || services.length > 0) return scope;
  if (within.services.length === 0) throw outside();
  return { ...scope, services: within.services };
}
