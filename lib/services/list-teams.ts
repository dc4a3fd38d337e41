import type { Kysely } from "kysely";
import { z } from "zod";
import type { Database } from "@/db/schema";
import { type Role, roles } from "@/lib/auth/actor";
import { isWithin, reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { Page } from "@/lib/http/answers";
import { pageByName } from "@/lib/http/cursor";

export const teamAnswer = z.object({
  name: z.string(),
  timezone: z.string().nullable(),
  services: z.array(z.string()),
  /** It comes from pushline.yaml, and is changed there. */
  provisioned: z.boolean(),
  members: z.array(z.object({ person: z.string(), name: z.string(), role: z.enum(roles) })),
});
export type TeamAnswer = z.infer<typeof teamAnswer>;

/** The teams with their services and members, by name; without a limit, all. */
export async function listTeams(
  context: Context,
  filter: { cursor?: string; limit?: number },
): Promise<Page<TeamAnswer>> {
  const within = reachOf(context);
  const teams = context.config.teams.filter(({ name }) => !within || within.teams.includes(name));
  const { items, nextCursor } = pageByName(teams, filter);
  return { items: await describeTeams(context, items), nextCursor };
}

/** Teams as the list has them. */
export async function describeTeams(
  context: Context,
  teams: readonly { name: string; timezone: string }[],
): Promise<TeamAnswer[]> {
  const { config, actor } = context;
  const within = reachOf(context);
  // The people of a team are within a reach of the team, not within one of its services'.
  const isPeopled = actor.kind !== "token" || actor.reach?.kind !== "service";
  const members = isPeopled
    ? await membersOf(
        context.db,
        teams.map(({ name }) => name),
      )
    : [];
  return teams.map(({ name, timezone }) => ({
    name,
    timezone,
    services: config.services
      .filter((service) => service.team === name)
      .map((service) => service.name)
      .filter((service) => isWithin(within, service)),
    provisioned: config.provisioned.teams.includes(name),
    members: members.flatMap(({ team, ...member }) => (team === name ? [member] : [])),
  }));
}

async function membersOf(db: Kysely<Database>, teams: readonly string[]) {
  const rows = await db
    .selectFrom("team_members")
    .innerJoin("people", "people.id", "team_members.person_id")
    .select(["team", "people.id as person", "people.name", "team_members.role"])
    .where("team", "in", teams.length > 0 ? [...teams] : [""])
    .where("people.disabled_at", "is", null)
    .orderBy("people.name")
    .orderBy("people.id")
    .execute();
  return rows.map((row) => ({ ...row, role: row.role as Role }));
}
