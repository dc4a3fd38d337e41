import { sql } from "kysely";
import type { Actor } from "@/lib/auth/actor";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/** What a narrower token reaches; for its holder nothing else exists. */
export interface Within {
  services: readonly string[];
  /** Of these services, as pushline.yaml and settings name them. */
  repositories: readonly string[];
  teams: readonly string[];
  /** The one source whose deliveries it reaches. */
  source: string | null;
}

/** What a question names; whatever it leaves out is not narrowed by it. */
export interface Named {
  service?: readonly string[];
  team?: readonly string[];
  environment?: readonly string[];
  repository?: readonly string[];
  source?: readonly string[];
}

/**
 * How far the actor reaches; null: everywhere. Whoever may look sees all, tokens may
 * be narrower. Every verb that reads asks this, so none answers a stranger: throws
 * `unauthenticated` for one.
 */
export function reachOf({ actor, config }: Pick<Context, "actor" | "config">): Within | null {
  if (actor.kind === "anonymous") authorise({ actor, config }, "read");
  if (actor.kind !== "token" || actor.reach === null) return null;
  const { kind, name } = actor.reach;
  if (kind === "source") return { services: [], repositories: [], teams: [], source: name };
  const rules = config.services.filter(
    (rule) => (kind === "team" ? rule.team : rule.name) === name,
  );
  return {
    services: kind === "service" ? [name] : rules.map((rule) => rule.name),
    repositories: rules.flatMap((rule) => rule.repository ?? []),
    teams: kind === "team" ? [name] : rules.flatMap((rule) => rule.team ?? []),
    source: null,
  };
}

/** `reachOf` for a question. Throws `not_found` where it names what lies outside. */
export async function reachFor(
  context: Pick<Context, "actor" | "config" | "db">,
  named: Named,
): Promise<Within | null> {
  const within = reachOf(context);
  if (within === null) return null;
  const { service = [], team = [], repository = [], source = [], environment = [] } = named;
  const isInside =
    service.every((name) => within.services.includes(name)) &&
    team.every((name) => within.teams.includes(name)) &&
    repository.every((name) => ownsRepository(within, name)) &&
    source.every((name) => within.source === name) &&
    (await areRunIn(context.db, within, environment));
  if (!isInside) throw outside();
  return within;
}

/**
 * The source of what an actor sends: a token of one source speaks as that source,
 * so that another token may take its place without changing what things are called.
 */
export function sourceOf(actor: Actor): string {
  return actor.kind === "token" && actor.reach?.kind === "source" ? actor.reach.name : actor.name;
}

/** Whether a thing of this service exists for whoever reaches so far; one of no service is nobody's. */
export function isWithin(within: Within | null, service: string | null): boolean {
  return within === null || (service !== null && within.services.includes(service));
}

/** Repositories are one however their letters are cased, as the rules of services have it. */
export function ownsRepository({ repositories }: Within, name: string): boolean {
  return repositories.some((own) => own.toLowerCase() === name.toLowerCase());
}

/** As a condition on any table with a service. */
export function serviceWithin({ services }: Within, column = "service") {
  return sql<boolean>`${sql.ref(column)} = any(${[...services]}::text[])`;
}

/** As a condition on any table with a column `repository`. */
export function repositoryWithin({ repositories }: Within) {
  const lowered = repositories.map((name) => name.toLowerCase());
  return sql<boolean>`lower(repository) = any(${lowered}::text[])`;
}

export function outside(): Problem {
  return new Problem("not_found", "There is nothing like this within this token's reach.");
}

/** An environment is there for a token where something of its services is. */
async function areRunIn(
  db: Context["db"],
  within: Within,
  environments: readonly string[],
): Promise<boolean> {
  if (environments.length === 0) return true;
  const known = await db
    .selectFrom("streams")
    .select("environment")
    .where(serviceWithin(within))
    .union(db.selectFrom("series").select("environment").where(serviceWithin(within)))
    .execute();
  return environments.every((name) => known.some(({ environment }) => environment === name));
}
