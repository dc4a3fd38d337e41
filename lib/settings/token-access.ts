import type { Reach } from "@/lib/auth/actor";
import type { Access, Subject } from "@/lib/auth/policy";
import type { Config } from "@/lib/config";

/** What it takes to manage a token of this reach: of none, the whole instance. */
export function accessToReach(
  { services }: Pick<Config, "services">,
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
      const team = services.find(({ name }) => name === reach.name)?.team ?? null;
      return { access: "manage", subject: { team, service: reach.name } };
    }
  }
}
