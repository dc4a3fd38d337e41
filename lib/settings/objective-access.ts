import { authorise, type Subject } from "@/lib/auth/policy";
import { outside, reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { Scope } from "@/lib/slo/objective";
import { ofRepository } from "@/lib/slo/scopes";

/**
 * Whoever manages a team may set its objectives, its services' and those of
 * repositories that are its alone; the instance's are its admins'. Throws what the policy says.
 */
export function authoriseObjective(
  context: Pick<Context, "config" | "actor">,
  { kind, name }: Scope,
): void {
  authorise(context, "manage");
  if (kind === "all" && reachOf(context)) throw outside();
  authorise(context, "manage", subjectOf(context.config, { kind, name }));
}

function subjectOf({ services }: Context["config"], { kind, name }: Scope): Subject {
  switch (kind) {
    case "all":
      return { team: null };
    case "team":
      return { team: name };
    case "service":
      return {
        service: name,
        team: services.find((service) => service.name === name)?.team ?? null,
      };
    case "repository": {
      const own = ofRepository(services, name);
      const [only] = own;
      if (!only || own.some(({ team }) => team !== only.team)) return { team: null };
      return own.length === 1 ? { service: only.name, team: only.team } : { team: only.team };
    }
  }
}
