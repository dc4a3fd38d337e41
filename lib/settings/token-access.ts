import type { Selectable } from "kysely";
import type { TokensTable } from "@/db/schema/access";
import type { Reach } from "@/lib/auth/actor";
import type { Access, Subject } from "@/lib/auth/policy";
import type { Config } from "@/lib/config";
import { teamOfService } from "@/lib/config/team-of-service";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/** What it takes to manage a token of this reach: of none, the whole instance. */
export function accessToReach(
  config: Pick<Config, "services">,
  reach: Reach | null,
): { access: Access; subject?: Subject } {
  switch (reach?.kind) {
    case undefined:
      return { access: "admin" };
    case "source":
      return { access: "manage", subject: { source: reach.name } };
    case "team":
      return { access: "manage", subject: { team: reach.name } };
    case "service": {
      const team = teamOfService(config, reach.name);
      return { access: "manage", subject: { team, service: reach.name } };
    }
  }
}

export function reachOfRow({
  reach_kind,
  reach_name,
}: Pick<Selectable<TokensTable>, "reach_kind" | "reach_name">): Reach | null {
  return reach_kind && reach_name ? { kind: reach_kind as Reach["kind"], name: reach_name } : null;
}

/**
 * Throws `forbidden` for a token that asks by the secret which a rotation replaced:
 * whoever has that one alone is to lose it, not to get another by it.
 */
export function refuseReplacedSecret({ actor }: Pick<Context, "actor">): void {
  if (actor.kind !== "token" || !actor.byPrevious) return;
  throw new Problem(
    "forbidden",
    "A rotation has replaced this secret: manage tokens with the new one.",
  );
}

/** When whoever asks ends; what they make or renew must not outlive them. Null: never. */
export function endOf({ actor }: Pick<Context, "actor">): Date | null {
  return actor.kind === "token" ? actor.expiresAt : null;
}

/** The earlier of two ends; null is none. */
export function earlierEnd(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
