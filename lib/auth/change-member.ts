import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { Role } from "@/lib/auth/actor";
import { recordAudit } from "@/lib/auth/audit";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

export interface Membership {
  team: string;
  person: string;
  name: string;
  role: Role | null;
}

/** Gives someone a role in a team, or takes them out (null). Throws `not_found`, `forbidden`. */
export async function changeMember(
  context: Context,
  { team, person, role }: Omit<Membership, "name">,
): Promise<Membership> {
  authorise(context, "manage", { team });
  if (!context.config.teams.some(({ name }) => name === team))
    throw new Problem("not_found", "There is no such team.");
  return context.db.transaction().execute(async (trx) => {
    const name = await holdName(trx, person);
    const before = await trx
      .deleteFrom("team_members")
      .where("team", "=", team)
      .where("person_id", "=", person)
      .returning("role")
      .executeTakeFirst();
    if (role !== null)
      await trx.insertInto("team_members").values({ team, person_id: person, role }).execute();
    await recordAudit(trx, context, {
      action: "team.member_changed",
      subject: { kind: "team", id: team },
      details: { person, name, role, formerly: before?.role ?? null },
    });
    return { team, person, name, role };
  });
}

async function holdName(trx: Kysely<Database>, id: string): Promise<string> {
  const person = await trx
    .selectFrom("people")
    .select("name")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!person) throw new Problem("not_found", "There is no such person.");
  return person.name;
}
