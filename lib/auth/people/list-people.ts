import { sql } from "kysely";
import { z } from "zod";
import { type Role, roles } from "@/lib/auth/actor";
import { decide } from "@/lib/auth/policy";
import { reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { type Page, time, timeOrNull } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";

export const personAnswer = z.object({
  id: z.string(),
  name: z.string(),
  /** E-mail, issuers and when they were last seen are for admins and oneself; null to others. */
  email: z.string().nullable(),
  role: z.enum(roles),
  teams: z.record(z.string(), z.enum(roles)),
  issuers: z.array(z.string()).nullable(),
  createdAt: time,
  lastSeenAt: timeOrNull,
  disabled: z.boolean(),
});
export type PersonAnswer = z.infer<typeof personAnswer>;

/** Who has an account, newest first; people are nobody's within a narrower reach. Throws `invalid_cursor`. */
export async function listPeople(
  context: Context,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<Page<PersonAnswer>> {
  if (reachOf(context) !== null) return { items: [], nextCursor: null };
  let query = peopleWithTeams(context);
  if (cursor) query = query.where(olderThan(decodeCursor(cursor), { at: "created_at" }));
  const rows = await query
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const position = (row: PersonWithTeams) => ({ at: row.created_at, id: row.id });
  return page(rows, limit, position, (row) => toAnswer(context, row));
}

/** One person as the list shows them. Throws where there is none. */
export async function readPerson(context: Context, id: string): Promise<PersonAnswer> {
  const row = await peopleWithTeams(context).where("id", "=", id).executeTakeFirstOrThrow();
  return toAnswer(context, row);
}

function peopleWithTeams({ db }: Pick<Context, "db">) {
  return db
    .selectFrom("people")
    .selectAll()
    .select([
      sql<Record<string, Role>>`coalesce((
        select jsonb_object_agg(team, m.role) from team_members m where m.person_id = people.id
      ), '{}')`.as("teams"),
      sql<string[]>`array(
        select issuer from identities i where i.person_id = people.id order by issuer
      )`.as("issuers"),
    ]);
}

type PersonWithTeams = Awaited<
  ReturnType<ReturnType<typeof peopleWithTeams>["executeTakeFirstOrThrow"]>
>;

function toAnswer(context: Context, row: PersonWithTeams): PersonAnswer {
  const { actor } = context;
  const isSelf = actor.kind === "person" && actor.id === row.id;
  const isShown = isSelf || decide(context.config, actor, "admin").may;
  return {
    id: row.id,
    name: row.name,
    email: isShown ? row.email : null,
    role: row.role as Role,
    teams: row.teams,
    issuers: isShown ? row.issuers : null,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: isShown ? (row.last_seen_at?.toISOString() ?? null) : null,
    disabled: row.disabled_at !== null,
  };
}
