import type { Actor } from "@/lib/auth/actor";
import { isWithin, ownsRepository, reachOf } from "@/lib/auth/reach";
import type { Config } from "@/lib/config";
import { everything } from "@/lib/live/announce";
import type { Audience } from "@/lib/live/stream";

/**
 * What of the live positions an actor may hear: all of them, or what a narrower
 * token reaches by the rules of the moment, which may change while it listens.
 */
export function audienceOf(actor: Actor, config: () => Config): Audience {
  if (actor.kind !== "token" || actor.reach === null) return () => true;
  return ({ payload: { id, service, repository, source } }) => {
    const within = reachOf({ actor, config: config() });
    if (within === null || id === everything) return true;
    if (typeof service === "string") return isWithin(within, service);
    if (typeof repository === "string") return ownsRepository(within, repository);
    return typeof source === "string" && within.source === source;
  };
}
