import { type Actor, type Role, roles, type Scope, type TokenActor } from "@/lib/auth/actor";
import type { Config } from "@/lib/config";
import { teamOfService } from "@/lib/config/team-of-service";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/**
 * What a route asks of whoever calls it:
 * `open` nothing; `source` a source's own secret; `self` a signed-in person, about themselves;
 * `ingest` to send; `read` to look; `write` to judge, correct and replay; `manage` to set up a
 * team and its services and tokens; `admin` all else.
 */
export type Access = "open" | "source" | "self" | "ingest" | "read" | "write" | "manage" | "admin";

/** What an action is about, as far as policy cares. */
export interface Subject {
  team?: string | null;
  service?: string | null;
  source?: string | null;
}

type May = { may: true } | { may: false; why: "unauthenticated" | "forbidden" | "not_found" };

/**
 * The whole policy. Without a subject it says whether the actor may do this
 * anywhere at all; with one, whether there. Outside a token's reach the answer
 * is `not_found`: what lies there does not exist for its holder.
 */
export function decide(
  config: Pick<Config, "services">,
  actor: Actor,
  access: Access,
  subject?: Subject,
): May {
  if (access === "open" || access === "source" || actor.kind === "system") return yes;
  switch (actor.kind) {
    case "anonymous":
      return no("unauthenticated");
    case "visitor":
      return access === "self" || access === "ingest" ? no("forbidden") : yes;
    case "person":
      return personMay(actor, access, subject);
    case "token":
      return tokenMay(config, actor, access, subject);
  }
}

/** Throws `unauthenticated`, `forbidden` or `not_found` as `decide` says. */
export function authorise(
  context: Pick<Context, "config" | "actor">,
  access: Access,
  subject?: Subject,
): void {
  const decision = decide(context.config, context.actor, access, subject);
  if (decision.may) return;
  throw new Problem(decision.why, refusals[decision.why](context.actor, access));
}

function atLeast(role: Role | undefined, wanted: Role): boolean {
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(wanted);
}

const yes: May = { may: true };
const no = (why: Extract<May, { may: false }>["why"]): May => ({ may: false, why });

const refusals = {
  unauthenticated: () => "Sign in, or send a token: Authorization: Bearer <token>.",
  forbidden: (actor: Actor, access: Access) => {
    if (access === "self") return "This is for people who signed in.";
    return actor.kind === "token"
      ? `This token lacks the scope "${scopeFor(access)}".`
      : `Your role does not allow this; it needs ${wantedRole(access)}.`;
  },
  not_found: () => "There is nothing like this within this token's reach.",
};

function personMay(
  { role, teams }: Extract<Actor, { kind: "person" }>,
  access: Exclude<Access, "open" | "source">,
  subject: Subject | undefined,
): May {
  const ofTeam = (wanted: Role) =>
    subject
      ? atLeast(subject.team ? teams[subject.team] : undefined, wanted)
      : Object.values(teams).some((held) => atLeast(held, wanted));
  switch (access) {
    case "self":
    case "read":
      return yes;
    case "write":
      return atLeast(role, "editor") || ofTeam("editor") ? yes : no("forbidden");
    case "manage":
      return role === "admin" || ofTeam("admin") ? yes : no("forbidden");
    case "admin":
      return role === "admin" ? yes : no("forbidden");
    // Events are sent by programs, which have tokens.
    case "ingest":
      return no("forbidden");
  }
}

function tokenMay(
  config: Pick<Config, "services">,
  token: TokenActor,
  access: Exclude<Access, "open" | "source">,
  subject: Subject | undefined,
): May {
  const scope = scopeFor(access);
  if (scope === null) return no("forbidden");
  if (!token.scopes.includes(scope) && !token.scopes.includes("admin")) return no("forbidden");
  if (token.reach === null) return yes;
  // The whole instance lies outside of every narrower reach.
  if (access === "admin") return no("not_found");
  if (!subject) return yes;
  return isWithin(config, token.reach, subject) ? yes : no("not_found");
}

function isWithin(
  config: Pick<Config, "services">,
  reach: NonNullable<TokenActor["reach"]>,
  { source, service, team }: Subject,
): boolean {
  switch (reach.kind) {
    case "source":
      return source === reach.name;
    case "service":
      return service === reach.name;
    case "team":
      return service ? teamOfService(config, service) === reach.name : team === reach.name;
  }
}

function scopeFor(access: Access): Scope | null {
  switch (access) {
    case "ingest":
    case "read":
    case "write":
    case "admin":
      return access;
    case "manage":
      return "admin";
    default:
      return null;
  }
}

function wantedRole(access: Access): string {
  if (access === "write") return "editor, of the instance or of the team";
  if (access === "manage") return "admin, of the instance or of the team";
  return access === "ingest" ? "a token with the scope ingest" : "admin of the instance";
}
